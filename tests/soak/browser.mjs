/*
 * A browser without a window, for many at once: keeps cookies, reads forms as
 * they stand in a page, changes some of their fields and sends them.
 */
const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

const plain = (text) => text.replace(/&(amp|lt|gt|quot|#39);/g,
    (_, name) => entities[name]);

const attributes = (tag) => Object.fromEntries(
    [...tag.matchAll(/\s([a-z_-]+)(?:="([^"]*)")?/g)]
	.map(([, name, value]) => [name, plain(value ?? "")]));

/* What a browser would send of a form that nobody has touched. */
function fieldsOf(html) {
	const fields = [];
	const parts = /<input\b([^>]*)>|<textarea\b([^>]*)>([^]*?)<\/textarea>|<select\b([^>]*)>([^]*?)<\/select>/g;

	for (const [, input, area, text, select, options] of html.matchAll(parts)) {
		const a = attributes(input ?? area ?? select);
		if (!a.name || "disabled" in a)
			continue;
		if (input !== undefined) {
			const box = a.type === "checkbox" || a.type === "radio";
			if (a.type !== "file" && a.type !== "submit" && (!box || "checked" in a))
				fields.push([a.name, a.value ?? (box ? "on" : "")]);
		} else if (area !== undefined) {
			fields.push([a.name, plain(text.replace(/^\r?\n/, ""))]);
		} else {
			const all = [...options.matchAll(/<option\b([^>]*)>/g)]
			    .map((o) => attributes(o[1]));
			const chosen = all.find((o) => "selected" in o) ?? all[0];
			if (chosen)
				fields.push([a.name, chosen.value ?? ""]);
		}
	}
	return fields;
}

/* The forms of a page: { action, fields, buttons }. */
export function formsOf(html) {
	return [...html.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)].map(([, tag, inner]) => ({
		...attributes(tag),
		fields: fieldsOf(inner),
		buttons: [...inner.matchAll(/<button\b([^>]*)>/g)].map((b) => attributes(b[1])),
	}));
}

export class Browser {
	constructor(base, address) {
		this.base = base;
		this.address = address;
		this.cookies = new Map();
	}

	async fetch(path, init = {}) {
		const answer = await fetch(new URL(path, this.base), {
			redirect: "manual",
			signal: AbortSignal.timeout(15000),
			...init,
			headers: {
				cookie: [...this.cookies].map(([n, v]) => `${n}=${v}`).join("; "),
				"x-forwarded-for": this.address,
				connection: "close",
				...init.headers,
			},
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
			value ? this.cookies.set(name, value) : this.cookies.delete(name);
		}
		return { status: answer.status, headers: answer.headers, text: await answer.text() };
	}

	get(path) {
		return this.fetch(path);
	}

	post(path, fields) {
		return this.fetch(path, { method: "POST", body: new URLSearchParams(fields) });
	}

	/* Get a page and send the form of it that has a field, changed. */
	async send(path, has, changes, button) {
		const page = await this.get(path);
		const form = formsOf(page.text).find((f) => f.fields.some(([n]) => n === has));
		if (!form)
			throw Object.assign(new Error(`${path}: ${page.status}, no form with ${has}`),
			    { status: page.status });
		const fields = form.fields.filter(([n]) => !(n in changes));
		fields.push(...Object.entries(changes));
		if (button) {
			const b = form.buttons.find((x) => button.test(`${x.name}=${x.value}`));
			if (!b)
				throw new Error(`${path}: no button ${button}`);
			fields.push([b.name, b.value]);
		}
		return this.post(form.action || path, fields);
	}

	async signIn(email, password) {
		const answer = await this.send("/en/sign-in", "password", { email, password });
		if (answer.status !== 303)
			throw Object.assign(new Error(`sign-in of ${email}: ${answer.status}`),
			    { status: answer.status });
	}
}
