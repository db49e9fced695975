import { api } from './api.js';
import { button, el, put } from './dom.js';
import { agentNamed, on, state } from './state.js';
import { full, when } from './time.js';
import { attempt } from './toast.js';
import { t, term } from './words.js';

/** What is in an entry, as `name: value`. */
const about = (data = {}) =>
	Object.entries(data)
		.filter(([, value]) => value !== null && value !== '' && value !== true)
		.map(([name, value]) => `${name.replaceAll('_', ' ')}: ${typeof value === 'object' ? JSON.stringify(value) : (agentNamed(value)?.name ?? value)}`)
		.join(', ');

const line = ({ at, agent, what, conversation_id: id, data }) =>
	el(
		'tr',
		el('td', el('time', { dateTime: at, title: full(at) }, when(at))),
		el('th', { scope: 'row' }, agent?.name ?? t('desk')),
		el('td', term('audit', what)),
		el('td', id ? el('a', { href: `#/all/${encodeURIComponent(id)}` }, t('conversation')) : ''),
		el('td.small', about(data)),
	);

/** Who looked at what, and who changed what. */
export function audit() {
	const rows = el('tbody');
	const who = el('select', { id: 'audit-agent' });
	const more = button('more', () => attempt(() => look(true)), t('list.more'));
	const status = el('p.empty', { role: 'status' });
	const head = ['at', 'who', 'what', 'where', 'about'].map((key) => el('th', { scope: 'col' }, t(`audit.column.${key}`)));
	const node = el(
		'section.page.audit',
		{ ariaLabel: t('page.audit') },
		el('header.page-head', el('h1', { tabIndex: -1 }, t('page.audit')), el('div.field.inline', el('label', { htmlFor: 'audit-agent' }, t('agent')), who)),
		el('div.page-body', el('div.table.sheet.wide', { tabIndex: 0, role: 'group', ariaLabel: t('page.audit') }, el('table', el('thead', el('tr', head)), rows)), status, more),
	);
	let last = null;

	async function look(further = false) {
		const { entries } = await api.get('/audit', { agent: who.value, before: further ? last : null });
		if (!further) rows.replaceChildren();
		rows.append(...entries.map(line));
		last = entries.at(-1)?.id ?? last;
		more.hidden = !entries.length;
		put(status, rows.children.length ? '' : t('overview.nothing'));
	}

	who.onchange = () => attempt(look);
	on('place', () => {
		if (state.place !== 'audit') return;
		who.replaceChildren(...[['', t('filter.any')], ...state.agents.map(({ id, name }) => [id, name])].map(([value, label]) => el('option', { value, selected: value === who.value }, label)));
		attempt(look);
	});
	return node;
}
