/** `el('div.card', {role: 'group'}, 'text', [nodes])`: strings are text, never markup; what is false or null is left out. */
export function el(name, ...parts) {
	const [tag, ...classes] = name.split('.');
	const node = document.createElement(tag);
	if (classes[0]) node.className = classes.join(' ');
	for (const part of parts.flat(2)) {
		if (part === null || part === undefined || part === false) continue;
		if (part.constructor !== Object) node.append(part);
		else for (const key in part) set(node, key, part[key]);
	}
	return node;
}

function set(node, key, value) {
	if (value === undefined || value === null) return;
	if (key in node && !key.includes('-')) node[key] = value;
	else if (value !== false) node.setAttribute(key, value);
}

export const button = (name, onclick, ...parts) => el(`button${name && `.${name}`}`, { type: 'button', onclick }, ...parts);

/** A live region speaks only when its words change. */
export function put(node, ...parts) {
	const made = el('i', ...parts);
	if (node.textContent !== made.textContent || made.children.length) node.replaceChildren(...made.childNodes);
}

const SHAPES = {
	alert: 'M12 4l9 16H3zM12 10v4M12 17v.5',
	arrow: 'M12 20V5M6 11l6-6 6 6',
	back: 'M15 5l-7 7 7 7',
	ban: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17M6 6l12 12',
	bell: 'M6 16V11a6 6 0 0112 0v5l2 2H4zM10 21h4',
	bot: 'M5 9h14v10H5zM12 9V5M9 13v2M15 13v2',
	check: 'M5 13l4 4L19 7',
	clock: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17M12 7v5l3.5 2',
	close: 'M6 6l12 12M18 6L6 18',
	command: 'M5 7h14M5 12h9M5 17h12',
	filter: 'M4 6h16M7 12h10M10 18h4',
	gauge: 'M4 18a8 8 0 1116 0M12 18l4-6',
	info: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17M12 11v6M12 7v.5',
	inbox: 'M4 5h16v14H4zM4 14h5l1.5 2h3l1.5-2h5',
	mute: 'M6 16V11a6 6 0 0112 0v5l2 2H4zM4 4l16 16',
	note: 'M5 4h14v11l-5 5H5zM14 20v-5h5',
	people: 'M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7M3 20c1-6 11-6 12 0M16 6a3 3 0 010 6M17 14c3 .5 4 3 4 6',
	person: 'M12 4a4 4 0 100 8 4 4 0 000-8M4 20c2-7 14-7 16 0',
	photo: 'M4 8h4l1-2h6l1 2h4v11H4zM12 10a3 3 0 100 6 3 3 0 000-6',
	reply: 'M10 6L4 12l6 6M4 12h10c4 0 6 2 6 6',
	search: 'M11 4a7 7 0 100 14 7 7 0 000-14M16 16l5 5',
	send: 'M4 12l16-7-5 15-4-6z',
	spark: 'M12 4l2 6 6 2-6 2-2 6-2-6-6-2 6-2z',
	tag: 'M4 4h8l8 8-8 8-8-8zM8 8v.5',
	team: 'M4 5h16v11h-9l-5 4v-4H4z',
};

export function icon(shape) {
	const make = (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
	const [svg, path] = [make('svg'), make('path')];
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.setAttribute('class', 'icon');
	svg.ariaHidden = true;
	path.setAttribute('d', SHAPES[shape] ?? SHAPES.info);
	svg.append(path);
	return svg;
}

/** A button that shows an icon and says `label`. */
export const iconButton = (shape, label, onclick, more = {}) =>
	button('icon-button', onclick, { ariaLabel: label, title: label, ...more }, icon(shape));

export const pill = (kind, ...parts) => el(`span.pill${kind && `.${kind}`}`, ...parts);

const WEB = /(https:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/;

/** Text with its https addresses as links; anything else stays text. */
export const linked = (text) =>
	(text ?? '').split(WEB).map((part, at) => (at % 2 ? el('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part));

/** What is in `map` but not in `wanted` goes; the rest stands in `parent` in the order of `wanted`. */
export function arrange(parent, wanted) {
	const stay = new Set(wanted);
	for (const node of [...parent.children]) if (!stay.has(node)) node.remove();
	wanted.forEach((node, at) => {
		if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
	});
}
