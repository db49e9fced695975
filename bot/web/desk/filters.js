import { el, icon } from './dom.js';
import { setFilters } from './list.js';
import { on, state } from './state.js';
import { attempt } from './toast.js';
import { languageName, t, term } from './words.js';

const of = (key) => [...new Set([...state.known.values()].map((one) => one[key]).filter(Boolean))];

/** What one may narrow the list by; reasons and languages that were seen are offered too. */
const KINDS = {
	language: () => [...new Set([...(state.desk.languages ?? []), ...of('language').map((tag) => tag.split('-')[0])])].map((code) => [code, languageName(code)]),
	reason: () => [...new Set([...(state.desk.reasons ?? []), ...of('reason')])].map((code) => [code, term('reason', code)]),
	team: () => Object.entries(state.desk.teams ?? {}),
	label: () => (state.desk.labels ?? []).map((name) => [name, term('label', name)]),
	agent: () => state.agents.map(({ id, name }) => [id, name]),
};

export function filters() {
	const count = el('span.count');
	const selects = Object.keys(KINDS).map((kind) => [kind, el('select', { id: `filter-${kind}` })]);
	const fields = selects.map(([kind, select]) => el('div.field', el('label', { htmlFor: select.id }, t(kind)), select));
	const summary = el('summary', icon('filter'), t('filters'), count);
	const node = el('details.filters', summary, el('div.filter-fields', fields));

	function fill() {
		for (const [kind, select] of selects) {
			const options = [['', t('filter.any')], ...KINDS[kind]()];
			select.replaceChildren(...options.map(([value, label]) => el('option', { value, selected: (state.filters[kind] ?? '') === value }, label)));
		}
		const n = Object.keys(state.filters).length;
		count.textContent = n || '';
		count.hidden = !n;
	}

	for (const [, select] of selects) {
		select.onchange = async () => {
			await attempt(() => setFilters(Object.fromEntries(selects.map(([kind, one]) => [kind, one.value]))));
			fill();
		};
	}
	node.ontoggle = () => node.open && fill();
	on('focus', (where) => {
		if (where !== 'filters') return;
		node.open = true;
		fill();
		selects[0][1].focus();
	});
	on('place', fill);
	fill();
	return node;
}
