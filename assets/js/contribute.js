/*
 * Comforts of the forms of records; without this they work all the same.
 *
 * A form with data-autosave is saved every 20 seconds if it was changed, by
 * sending it as its button would.  A field with data-pick offers records whose
 * title has what was typed: arrows choose, Enter takes, Escape closes.  A page
 * with data-again is asked for again after so many seconds.
 */
"use strict";

/* What a link leads to is unfolded: a group, and what a field stands in. */
const unfold = () => {
	for (let at = document.getElementById(location.hash.slice(1));
	    at; at = at.parentElement)
		if (at.tagName === "DETAILS")
			at.open = true;
};
addEventListener("hashchange", unfold);
unfold();

for (const form of document.querySelectorAll("form[data-autosave]")) {
	const status = form.querySelector("[role=status]");
	let changed = false, failed = false;

	const save = async () => {
		const data = new FormData(form);

		if (!changed || failed)
			return;
		for (const [name, value] of [...data])
			if (value instanceof File)
				data.delete(name);
		data.set("_do", "save");
		data.set("_autosave", "1");
		changed = false;
		try {
			const answer = await fetch(form.action, {
				method: "POST", redirect: "manual",
				body: form.enctype === "multipart/form-data"
					? data : new URLSearchParams(data),
			});
			const place = answer.headers.get("location");

			if (answer.status !== 201 && answer.status !== 204)
				throw new Error(answer.status);
			if (place) {
				/* where large files are taken */
				form.action = place +
				    (form.action.endsWith("/files") ? "/files" : "");
				history.replaceState(null, "", place);
			}
			status.textContent = status.dataset.saved + " " +
			    new Date().toLocaleTimeString(
				document.documentElement.lang,
				{ hour: "2-digit", minute: "2-digit" });
		} catch {
			failed = true;
			status.textContent = status.dataset.failed;
		}
	};

	form.addEventListener("input", () => { changed = true; });
	setInterval(save, Number(form.dataset.autosave || 20) * 1000);
}

for (const field of document.querySelectorAll("input[data-pick]")) {
	const list = document.createElement("ul");
	let chosen = -1, timer, request;

	list.id = field.id + "-picks";
	list.className = "picks";
	list.setAttribute("role", "listbox");
	list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
	list.hidden = true;
	field.after(list);
	for (const [name, value] of Object.entries({
		role: "combobox", "aria-autocomplete": "list",
		"aria-expanded": "false", "aria-controls": list.id,
	}))
		field.setAttribute(name, value);

	const close = () => {
		list.hidden = true;
		chosen = -1;
		field.setAttribute("aria-expanded", "false");
		field.removeAttribute("aria-activedescendant");
	};

	const take = (item) => {
		const picked = field.parentNode.querySelector(".picked");

		field.value = item.dataset.slug;
		if (picked)
			picked.textContent = item.dataset.title;
		field.dispatchEvent(new Event("input", { bubbles: true }));
		clearTimeout(timer);
		close();
	};

	const choose = (i) => {
		list.children[chosen]?.removeAttribute("aria-selected");
		chosen = Math.max(0, Math.min(i, list.children.length - 1));
		list.children[chosen].setAttribute("aria-selected", "true");
		field.setAttribute("aria-activedescendant", list.children[chosen].id);
	};

	const ask = async () => {
		request?.abort();
		if (field.value.trim().length < 2)
			return close();
		request = new AbortController();
		try {
			const answer = await fetch(field.dataset.pick + "&q=" +
			    encodeURIComponent(field.value.trim()),
			    { signal: request.signal });
			const records = answer.ok ? (await answer.json()).records : [];

			list.replaceChildren(...records.map((r, i) => {
				const item = document.createElement("li");

				item.id = list.id + "-" + i;
				item.setAttribute("role", "option");
				item.dataset.slug = r.slug;
				item.dataset.title = r.title;
				item.textContent = r.title;
				return item;
			}));
			close();
			list.hidden = records.length === 0;
			field.setAttribute("aria-expanded", String(!list.hidden));
		} catch {
			/* No line: the title can be typed. */
		}
	};

	field.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, 200);
	});
	field.addEventListener("keydown", (event) => {
		if (list.hidden)
			return;
		if (event.key === "Escape")
			close();
		else if (event.key === "ArrowDown")
			choose(chosen + 1);
		else if (event.key === "ArrowUp")
			choose(chosen - 1);
		else if (event.key === "Enter" && chosen >= 0)
			take(list.children[chosen]);
		else
			return;
		event.preventDefault();
	});
	field.addEventListener("blur", close);
	list.addEventListener("mousedown", (event) => {
		const item = event.target.closest("li");

		event.preventDefault();
		if (item)
			take(item);
	});
}

/* What is being looked for may be there by now. */
for (const waiting of document.querySelectorAll("[data-again]"))
	setTimeout(() => location.reload(), waiting.dataset.again * 1000);

document.querySelector(".faults")?.focus();
