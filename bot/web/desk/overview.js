import { run } from './actions.js';
import { api } from './api.js';
import { button, el, icon, pill, put } from './dom.js';
import { setFilters } from './list.js';
import { go } from './route.js';
import { on, state } from './state.js';
import { since, span } from './time.js';
import { attempt } from './toast.js';
import { languageName, t, term } from './words.js';

const AGAIN = 10_000; // milliseconds

const tile = (key, value, kind = '') => el(`div.tile${kind && `.${kind}`}`, el('dt', t(`overview.${key}`)), el('dd', value ?? '–'));

/** A row a value, with its number and a bar that says the same. */
function bars(title, counts, name) {
	const entries = Object.entries(counts ?? {}).sort(([, one], [, other]) => other - one);
	const most = Math.max(1, ...entries.map(([, n]) => n));
	const line = ([code, n]) => {
		const bar = el('span.bar');
		bar.style.inlineSize = `${(100 * n) / most}%`;
		return el('li', el('span', name(code)), el('b', `${n}`), el('span.bar-track', { ariaHidden: 'true' }, bar));
	};
	return el('section.sheet', el('h2', title), entries.length ? el('ul.bars', entries.map(line)) : el('p.empty', t('overview.nothing')));
}

export const presenceMark = (presence) => el(`span.presence.${presence}`, icon({ online: 'check', away: 'clock', offline: 'close' }[presence] ?? 'info'), t(`presence.${presence}`));

const seeTheirs = (id) => attempt(async () => {
	state.filters = { agent: id };
	go('all');
	await setFilters({ agent: id });
});

function agentsTable(agents) {
	const head = ['name', 'presence', 'load', 'languages', 'teams'].map((key) => el('th', { scope: 'col' }, t(`people.${key}`)));
	const line = (one) =>
		el(
			'tr',
			el('th', { scope: 'row' }, one.name, one.role !== 'agent' && pill('quiet', t(`role.${one.role}`))),
			el('td', presenceMark(one.presence)),
			el('td', t('people.of', { n: one.load ?? 0, of: one.capacity ?? '–' })),
			el('td', (one.languages ?? []).map(languageName).join(', ')),
			el('td', (one.teams ?? []).map((id) => state.desk.teams?.[id] ?? id).join(', ')),
			el('td', button('', () => seeTheirs(one.id), t('overview.see'), el('span.hidden', ` ${one.name}`))),
		);
	const more = el('th', { scope: 'col' }, el('span.hidden', t('actions')));
	return el('section.sheet.wide', el('h2', t('overview.agents')), el('div.table', { tabIndex: 0, role: 'group', ariaLabel: t('overview.agents') }, el('table', el('thead', el('tr', head, more)), el('tbody', agents.map(line)))));
}

function draw({ agents, waiting, today }) {
	return [
		el('p.tip', icon('info'), t('overview.tip')),
		el(
			'dl.tiles',
			tile('waiting', waiting.total),
			tile('overdue', waiting.overdue, waiting.overdue ? 'bad' : ''),
			tile('longest', waiting.longest_since && span(since(waiting.longest_since))),
			tile('handoffs', today.handoffs),
			tile('answered', today.answered),
			tile('first', today.first_response_seconds_median !== null && today.first_response_seconds_median !== undefined ? span(today.first_response_seconds_median) : null),
			tile('resolved', today.resolved),
			tile('satisfaction', today.satisfaction_average && t('overview.stars', { n: today.satisfaction_average })),
		),
		agentsTable(agents),
		bars(t('overview.by_reason'), waiting.by_reason, (code) => term('reason', code || 'none')),
		bars(t('overview.by_language'), waiting.by_language, languageName),
	];
}

/** Who is on, what waits; refreshed while it is looked at. */
export function overview() {
	const body = el('div.page-body');
	const node = el('section.page.overview', { ariaLabel: t('page.overview') }, el('header.page-head', el('h1', { tabIndex: -1 }, t('page.overview')), button('', () => run('go_audit'), t('page.audit'))), body);
	let timer = 0;

	async function look() {
		clearTimeout(timer);
		if (state.place !== 'overview') return;
		timer = setTimeout(look, AGAIN);
		if (document.hidden || body.contains(document.activeElement)) return; // what has the focus stays
		await attempt(async () => body.replaceChildren(...draw(await api.get('/overview'))));
	}

	on('place', look);
	on('agents', () => state.place === 'overview' && (clearTimeout(timer), (timer = setTimeout(look, 1000))));
	put(body, t('list.loading'));
	return node;
}
