/*
 * Suggestions while typing, for every field with data-suggest, and a button to
 * copy for every text with data-copy.  Nothing else on the site needs a script,
 * and without this one the fields still search and the texts can be selected.
 * The pattern of the former is the ARIA combobox with a list: arrows choose,
 * Enter follows, Escape closes.
 */
"use strict";

for (const field of document.querySelectorAll("input[data-suggest]")) {
	const list = document.createElement("ul");
	let chosen = -1, asked = "", timer, request;

	list.id = field.id + "-suggestions";
	list.className = "suggestions";
	list.setAttribute("role", "listbox");
	list.setAttribute("aria-label", field.labels[0]?.textContent ?? "");
	list.hidden = true;
	field.closest("form").append(list);
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

	const choose = (i) => {
		const items = list.children;

		items[chosen]?.removeAttribute("aria-selected");
		chosen = (i + items.length + 1) % (items.length + 1);
		if (chosen === items.length)
			chosen = -1;
		if (chosen < 0) {
			field.removeAttribute("aria-activedescendant");
			return;
		}
		items[chosen].setAttribute("aria-selected", "true");
		field.setAttribute("aria-activedescendant", items[chosen].id);
	};

	const show = (suggestions) => {
		list.replaceChildren(...suggestions.map((s, i) => {
			const item = document.createElement("li");
			const kind = document.createElement("span");

			item.id = list.id + "-" + i;
			item.setAttribute("role", "option");
			item.dataset.url = s.url;
			item.textContent = s.text + " ";
			if (s.label) {
				kind.className = "meta";
				kind.textContent = s.label;
				item.append(kind);
			}
			return item;
		}));
		list.hidden = suggestions.length === 0;
		chosen = -1;
		field.setAttribute("aria-expanded", String(!list.hidden));
	};

	const ask = async () => {
		const text = field.value.trim();

		if (text === asked)
			return;
		asked = text;
		request?.abort();
		if (text.length < 2)
			return close();
		request = new AbortController();
		try {
			const answer = await fetch(field.dataset.suggest +
			    "?q=" + encodeURIComponent(text),
			    { signal: request.signal });

			if (answer.ok)
				show((await answer.json()).suggestions);
		} catch {
			/* No line, or another letter was typed: the form still works. */
		}
	};

	field.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, 150);
	});
	field.addEventListener("keydown", (event) => {
		if (event.key === "Escape" && !list.hidden) {
			close();
			event.preventDefault();
		} else if (event.key === "ArrowDown" && !list.hidden) {
			choose(chosen + 1);
			event.preventDefault();
		} else if (event.key === "ArrowUp" && !list.hidden) {
			choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
			event.preventDefault();
		} else if (event.key === "Enter" && chosen >= 0) {
			event.preventDefault();
			location.href = list.children[chosen].dataset.url;
		}
	});
	field.addEventListener("blur", close);
	list.addEventListener("mousedown", (event) => {
		const item = event.target.closest("li");

		event.preventDefault();
		if (item)
			location.href = item.dataset.url;
	});
}

for (const text of document.querySelectorAll("[data-copy]")) {
	const button = document.createElement("button");

	if (!navigator.clipboard)
		break;
	button.type = "button";
	button.className = "plain";
	button.textContent = text.dataset.copy;
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(text.textContent.trim());
		button.textContent = text.dataset.copied;
	});
	text.after(button);
}
