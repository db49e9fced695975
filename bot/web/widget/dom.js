let page, words;

/** The language: English where `words/` has no other. */
export async function loadWords(locale) {
	const language = locale.split('-')[0];
	const answer = await fetch(new URL(`words/${language}.json`, import.meta.url));
	if (!answer.ok && language !== 'en') return loadWords('en');
	words = page = await answer.json();
	return language;
}

/** A card's words first. */
export const speak = (labels) => (words = { ...page, ...labels });

export const t = (key, values) => words[key].replace?.(/{(\w+)}/g, (_, name) => values[name]) ?? words[key];

/** `el('div.card', {role: 'group'}, 'text', [nodes])`: strings are text, never markup. */
export function el(name, ...parts) {
	const [tag, ...classes] = name.split('.');
	const node = document.createElement(tag);
	if (classes[0]) node.className = classes.join(' ');
	for (const part of parts.flat()) {
		if (part?.constructor !== Object) part && node.append(part);
		else for (const key in part) key in node ? (node[key] = part[key]) : node.setAttribute(key, part[key]);
	}
	return node;
}

export const button = (name, onclick, ...parts) => el(`button.${name}`, { type: 'button', onclick }, ...parts);

const SHAPES = {
	chat: 'M4 5h16v11h-9l-5 4v-4H4z',
	close: 'M6 6l12 12M18 6L6 18',
	send: 'M4 12l16-7-5 15-4-6z',
	photo: 'M4 8h4l1-2h6l1 2h4v11H4zM12 10a3 3 0 100 6 3 3 0 000-6',
	bot: 'M5 9h14v9H5zM12 9V5M9 13v1M15 13v1',
	agent: 'M12 4a4 4 0 100 8 4 4 0 000-8M4 20c2-7 14-7 16 0',
};

export function icon(shape) {
	const make = (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
	const [svg, path] = [make('svg'), make('path')];
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.ariaHidden = true;
	path.setAttribute('d', SHAPES[shape]);
	svg.append(path);
	return svg;
}

export const anchor = (href, label) => el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);

/** Anything but https stays text. */
export const link = (href, label = href) => (/^https:\/\//i.test(href) ? anchor(href, label) : label);
