import { bulk } from './conversation_actions.js';
import { assignMany, labelMany } from './conversation_dialogs.js';
import { arrange, button, el, icon, iconButton, put } from './dom.js';
import { filters } from './filters.js';
import { loadList } from './list.js';
import { isPage, VIEWS } from './route.js';
import { nameOf, pressing, rowParts } from './row.js';
import { can, emit, on, state } from './state.js';
import { coarse, since } from './time.js';
import { attempt } from './toast.js';
import { t, term } from './words.js';

const TICK = 10_000; // milliseconds
const rows = new Map();

function row(one) {
	const known = rows.get(one.id);
	const look = JSON.stringify([one, pressing(one).text, state.place]);
	if (known?.look === look) return known;
	const node = known?.node ?? el('li.row');
	const link = known?.link ?? el('a.row-link');
	const box = known?.box ?? el('input', { type: 'checkbox' });
	const made = { node, link, box, look };
	link.href = `#/${state.place}/${encodeURIComponent(one.id)}`;
	link.replaceChildren(...rowParts(one));
	box.ariaLabel = t('row.select', { name: nameOf(one) });
	box.onchange = () => toggle(one.id, box.checked);
	link.onfocus = () => (state.cursor = one.id);
	if (!known) node.append(el('label.row-box', box), link);
	node.classList.toggle('unread', one.unread > 0);
	rows.set(one.id, made);
	return made;
}

function toggle(id, wanted = !state.selected.has(id)) {
	if (wanted) state.selected.add(id);
	else state.selected.delete(id);
	emit('selection');
}

function toggleMany(ids) {
	const all = ids.every((id) => state.selected.has(id));
	for (const id of ids) if (all) state.selected.delete(id); else state.selected.add(id);
	emit('selection');
}

function tabs() {
	const node = el('nav.tabs', { ariaLabel: t('views') });
	const draw = () => {
		const links = VIEWS.map((view) => {
			const n = state.counts[view];
			const current = !isPage() && state.place === view;
			return el('a', { href: `#/${view}`, ...(current && { 'aria-current': 'page' }) }, t(`view.${view}`), n > 0 && el('span.count', `${n}`));
		});
		node.replaceChildren(...links);
	};
	['counts', 'place'].forEach((event) => on(event, draw));
	draw();
	return node;
}

/** Conversations with one trouble, shown as one; a press selects them all. */
function incidents() {
	const node = el('div.incidents');
	const draw = () => {
		const list = ['queue', 'all'].includes(state.place) ? state.incidents : [];
		node.replaceChildren(
			...list.map(({ reason, since: began, count, conversations }) =>
				el(
					'div.incident',
					icon('alert'),
					el('p.grow', el('b', t('incident.title', { reason: term('reason', reason) })), el('small', t('incident.about', { n: count, span: coarse(since(began)) }))),
					button('', () => toggleMany(conversations.filter((id) => state.list.includes(id))), t('incident.select')),
				),
			),
		);
	};
	on('list', draw);
	return node;
}

function bulkBar() {
	const many = () => state.selected.size;
	const words = el('p', { role: 'status' });
	const clear = () => (state.selected.clear(), emit('selection'));
	const supervise = can('supervise');
	const node = el(
		'div.bulk',
		{ hidden: true },
		el('div.bulk-head', words, iconButton('close', t('bulk.clear'), clear)),
		el(
			'div.bulk-buttons',
			button('', () => bulk('claim'), t('action.claim')),
			supervise && button('', () => assignMany(many(), (values) => bulk('assign', values)), t('action.assign')),
			button('', () => labelMany(many(), (values) => bulk('label', values)), t('action.label')),
			button('', () => bulk('resolve'), t('action.resolve')),
		),
	);
	on('selection', () => {
		node.hidden = !many() || !can('answer');
		put(words, many() ? t('bulk.chosen', { n: many() }) : '');
	});
	return node;
}

export function queue() {
	const list = el('ul.rows', { ariaLabel: t('list') });
	const empty = el('p.empty');
	const more = button('more', () => attempt(() => loadList(true)), t('list.more'));
	const node = el('section.queue', { ariaLabel: t('list') }, el('h1.hidden', t('list')), el('div.list-head', tabs(), filters()), incidents(), bulkBar(), el('div.rows-scroll', list, empty, more));

	function draw() {
		const known = state.list.map((id) => state.known.get(id)).filter(Boolean);
		const made = known.map(row);
		const held = document.activeElement;
		arrange(list, made.map((one) => one.node));
		if (held?.isConnected && held !== document.activeElement) held.focus();
		for (const id of rows.keys()) if (!state.list.includes(id)) rows.delete(id);
		more.hidden = !state.more;
		list.hidden = !known.length;
		put(empty, known.length ? '' : t(state.loading ? 'list.loading' : Object.keys(state.filters).length ? 'list.none' : `empty.${isPage() ? 'queue' : state.place}`));
		mark();
	}

	function mark() {
		for (const [id, { node: each, link, box }] of rows) {
			if (id === state.open) link.setAttribute('aria-current', 'true');
			else link.removeAttribute('aria-current');
			box.checked = state.selected.has(id);
			each.classList.toggle('chosen', box.checked);
		}
	}

	on('list', draw);
	on('open', mark);
	on('selection', mark);
	on('toggle', toggle);
	on('toggle_all', () => toggleMany(state.list));
	on('cursor', (id) => rows.get(id)?.link.focus());
	on('focus', (where) => {
		if (where === 'list') (rows.get(state.cursor) ?? rows.get(state.open) ?? [...rows.values()][0])?.link.focus();
	});
	setInterval(draw, TICK);
	return node;
}

