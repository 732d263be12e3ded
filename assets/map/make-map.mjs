// Makes content/map.yaml, the shapes of the world map.
//
//	npm install --prefix build/map world-atlas@2 topojson-client@3 d3-geo@3 iso-3166@4
//	node assets/map/make-map.mjs build/map > content/map.yaml
//
// It need not run to build or serve Mutua: its result is part of the content.
// The shapes are Natural Earth's (public domain) as world-atlas has them: the
// coarse edition, 1:110 million, and for countries too small to be in that one
// the finer, 1:50 million.  What is smaller than a dot still becomes a dot, so
// that every island state can be seen and clicked.
//
// A shape is path data in whole units of a map 1500 wide (see `height` in the
// head of the result), Equal Earth projection, without Antarctica.  It begins
// "M930 450": the middle of the country's largest part, where a number may be
// written; that point alone draws nothing.  All else is relative to it.
//
// Natural Earth and ISO 3166 do not see the same countries.  Areas without a
// code of their own are drawn with the country whose ISO 3166-2 subdivisions
// they are among; parts of France and Norway that have a code are cut off by
// longitude and latitude.  The page says that borders imply no opinion.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const WIDTH = 1500;
const SOUTH = -56; // degrees; the map ends below Tierra del Fuego
const DOT = 5; // radius
const SMALL = 30; // square units: a smaller country is a dot
const SPECK = 4; // square units: a smaller island is left out

// No code of their own in Natural Earth's table: name → the country they join.
const JOINS = {
	'Kosovo': 'RS', 'Somaliland': 'SO', 'N. Cyprus': 'CY',
};

// Cut from another country: the box [west, south, east, north] they lie in.
const PARTS = {
	UA: ['RU', 32, 44, 37, 46.5],
	GF: ['FR', -56, 1, -51, 7], GP: ['FR', -62, 15.7, -61, 17],
	MQ: ['FR', -62, 14, -60, 15.5], RE: ['FR', 55, -22, 56, -20],
	YT: ['FR', 44, -14, 46, -12], SJ: ['NO', 5, 73, 35, 82],
};

// In neither edition, or no larger than a point there: where they are.
const POINTS = {
	GI: [-5.35, 36.14], GP: [-61.4, 16.2], MQ: [-61, 14.65],
	RE: [55.5, -21.1], YT: [45.15, -12.8], BQ: [-68.3, 12.2],
	CC: [96.8, -12.2], CX: [105.6, -10.5], TK: [-171.8, -9.2],
	TV: [179.2, -8.5], BV: [3.4, -54.4],
};

const modules = createRequire(resolve(process.argv[2] ?? 'build/map') + '/');
const load = (name) => import(modules.resolve(name));
const atlas = (file) =>
	JSON.parse(readFileSync(modules.resolve(`world-atlas/${file}.json`)));

const { feature } = await load('topojson-client');
const { geoPath, geoEqualEarth, geoBounds } = await load('d3-geo');
const { iso31661 } = await load('iso-3166');

const alpha2 = new Map(iso31661.map((c) => [c.numeric, c.alpha2]));

// ---- Geometry: one list of polygons for each code.

function polygons(file) {
	const topology = atlas(file);
	const found = new Map();

	for (const { id, properties, geometry } of
	    feature(topology, topology.objects.countries).features) {
		const code = alpha2.get(id) ?? JOINS[properties.name];
		const list = geometry.type === 'Polygon' ?
		    [geometry.coordinates] : geometry.coordinates;

		if (code !== undefined && code !== 'AQ')
			found.set(code, [...found.get(code) ?? [], ...list]);
	}
	for (const [part, [whole, ...box]] of Object.entries(PARTS))
		cut(found, part, whole, box);
	return found;
}

function cut(found, part, whole, [west, south, east, north]) {
	const within = (polygon) => {
		const [[w, s], [e, n]] =
		    geoBounds({ type: 'Polygon', coordinates: polygon });
		return w >= west && s >= south && e <= east && n <= north;
	};
	const all = found.get(whole) ?? [];
	const inside = all.filter(within);

	if (inside.length > 0) {
		found.set(part, [...found.get(part) ?? [], ...inside]);
		found.set(whole, all.filter((p) => !within(p)));
	}
}

// ---- Projection: the land's bounds fill the width.

const frame = {
	type: 'MultiPoint',
	coordinates: [[-180, 0], [180, 0], [0, 83.7], [0, SOUTH]],
};
const projection = geoEqualEarth().precision(0).fitWidth(WIDTH, frame);
const height = Math.ceil(projection([0, SOUTH])[1]);

// The rings of a country in whole units, without points that repeat.
function rings(list) {
	const all = [];
	let ring;
	const add = (x, y) => {
		const p = [Math.round(x), Math.round(y)];
		const q = ring.at(-1);
		if (q === undefined || q[0] !== p[0] || q[1] !== p[1])
			ring.push(p);
	};
	const context = {
		moveTo(x, y) { all.push(ring = []); add(x, y); },
		lineTo: add,
		closePath() {},
	};

	geoPath(projection, context)({ type: 'MultiPolygon', coordinates: list });
	return all.map(straightened).filter((r) => r.length > 2)
	    .sort((a, b) => area(b) - area(a));
}

// Without the last point if it is the first, and those on a straight line.
function straightened(ring) {
	const turn = (a, b, c) =>
	    (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);
	const open = ring.filter((p, i) => i === 0 ||
	    p[0] !== ring[0][0] || p[1] !== ring[0][1]);

	return open.filter((p, i) =>
	    turn(open.at(i - 1), p, open[(i + 1) % open.length]) !== 0);
}

function area(ring) {
	return Math.abs(ring.reduce((sum, [x, y], i) => {
		const [u, v] = ring.at(i - 1);
		return sum + u * y - x * v;
	}, 0)) / 2;
}

// The point of a ring that is farthest from its edge.
function middle(ring) {
	const xs = ring.map((p) => p[0]);
	const ys = ring.map((p) => p[1]);
	let best = ring[0];
	let most = -1;

	for (let x = Math.min(...xs); x <= Math.max(...xs); x++)
		for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
			const d = inside(ring, x, y) ? distance(ring, x, y) : -1;
			if (d > most)
				[best, most] = [[x, y], d];
		}
	return best;
}

function inside(ring, x, y) {
	return ring.reduce((is, [a, b], i) => {
		const [c, d] = ring.at(i - 1);
		const crosses = (b > y) !== (d > y) &&
		    x < (c - a) * (y - b) / (d - b) + a;
		return crosses ? !is : is;
	}, false);
}

function distance(ring, x, y) {
	return Math.min(...ring.map(([a, b], i) => {
		const [c, d] = ring.at(i - 1);
		const [u, v] = [c - a, d - b];
		const t = Math.max(0, Math.min(1,
		    ((x - a) * u + (y - b) * v) / (u * u + v * v)));
		return Math.hypot(x - a - t * u, y - b - t * v);
	}));
}

// ---- Path data.

// Numbers side by side; a minus sign separates too.
function numbers(list) {
	return list.map((n, i) => i > 0 && n >= 0 ? ` ${n}` : `${n}`).join('');
}

function outline(all) {
	const centre = middle(all[0]);
	let from = centre;
	const parts = all.filter((r, i) => i === 0 || area(r) >= SPECK)
	    .map((ring) => {
		const steps = [];
		let at = from;
		for (const [x, y] of ring) {
			steps.push(x - at[0], y - at[1]);
			at = [x, y];
		}
		from = ring[0]; // where z leads back to
		return `m${numbers(steps)}z`;
	});

	return `M${numbers(centre)}${parts.join('')}`;
}

function dot([x, y]) {
	return `M${numbers([Math.round(x), Math.round(y)])}m-${DOT} 0` +
	    `a${DOT} ${DOT} 0 1 0 ${2 * DOT} 0a${DOT} ${DOT} 0 1 0-${2 * DOT} 0z`;
}

function shape(code, coarse, fine) {
	for (const list of [coarse.get(code), fine.get(code)]) {
		const all = list !== undefined ? rings(list) : [];
		if (all.length > 0 && area(all[0]) >= SMALL)
			return outline(all);
	}
	if (POINTS[code] !== undefined)
		return dot(projection(POINTS[code]));
	if (!fine.has(code))
		return undefined;
	return dot(geoPath(projection).centroid(
	    { type: 'Polygon', coordinates: fine.get(code)[0] }));
}

// ---- The result.

const coarse = polygons('countries-110m');
const fine = polygons('countries-50m');

console.log(`# The world map: path data by country, made by assets/map/make-map.mjs
# from Natural Earth (public domain) as packaged in world-atlas.  Do not edit.
# width: ${WIDTH}  height: ${height}`);
for (const code of iso31661.map((c) => c.alpha2).sort()) {
	const d = shape(code, coarse, fine);
	if (d !== undefined)
		console.log(`"${code}": "${d}"`);
	else if (code !== 'AQ')
		console.error(`${code} is not on the map`);
}
