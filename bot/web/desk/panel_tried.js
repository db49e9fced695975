import { button, el, icon, pill } from './dom.js';
import { drawer, keyed } from './panel_parts.js';
import { full, when } from './time.js';
import { has, t, term } from './words.js';

const SHAPES = { done: 'check', refused: 'ban', failed: 'alert', unknown: 'alert', writing: 'clock' };
const OPEN = ['unknown', 'writing'];

const readable = (code) => (/^[a-z]+(_[a-z]+)+$/.test(code) ? code.replaceAll('_', ' ') : code);

/** Masked data as people read it: an address in one line, pieces by line. */
function value(one) {
	if (Array.isArray(one)) return one.map(value).join(', ');
	if (one === null || typeof one !== 'object') return readable(`${one}`);
	if ('line1' in one) return Object.values(one).filter(Boolean).join(', ');
	return Object.entries(one).map(([name, each]) => `${readable(name)}: ${value(each)}`).join(', ');
}

const nameOf = (name) => (has(`data.${name}`) ? t(`data.${name}`) : term('slot', name));

/** What was tried, by whom, with which data, and how it ended. */
function line({ at, job, outcome, reason, sentence, data = {}, shown = {}, by, id }, settle) {
	const rows = Object.entries(data).filter(([name, one]) => name !== 'changed' && one !== '' && one !== null && value(one) !== '');
	const who = by?.kind === 'agent' ? pill('', icon('person'), by.name ?? t('agent')) : pill('quiet', icon('bot'), t('owner.bot'));
	return el(
		`li.tried.${outcome}`,
		icon(SHAPES[outcome] ?? 'info'),
		el(
			'div.grow',
			el('p', el('b', term('job', job)), ' ', el('span', term('outcome', outcome))),
			el('p.pills', who, at && el('time', { dateTime: at, title: full(at) }, when(at))),
			reason && el('p', sentence ?? term('failure', reason)),
			rows.length > 0 && el('dl.facts.small', rows.map(([name, one]) => [el('dt', nameOf(name)), el('dd', shown[name] ?? value(one))])),
			settle && id && OPEN.includes(outcome) && el('div', el('p.help', t('job.unknown')), button('', () => settle(id), keyed(id), t('job.find_out'))),
		),
	);
}

export const section = {
	key: 'tried',
	title_key: 'panel.tried',
	mount(node, { api, path, detail, mine, attempt, on }) {
		const settle = (id) => attempt(() => api.post(path('jobs/confirm'), { preview_id: id }), t('job.ended.done'));
		const look = () => [detail().tried, mine()];
		const show = drawer(node, look, () => {
			const tried = [...(detail().tried ?? [])].reverse();
			return tried.length ? el('ul.plain', tried.map((one) => line(one, mine() && settle))) : el('p.empty', t('tried.none'));
		});
		on('detail', () => show());
		on('summary', () => show());
		show();
	},
};
