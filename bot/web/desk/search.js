import { api } from './api.js';
import { el, icon, put } from './dom.js';
import { keepFocus, keyed } from './panel_parts.js';
import { read } from './route.js';
import { flag, nameOf, orderOf, ownerOf } from './row.js';
import { learn, on, state } from './state.js';
import { when } from './time.js';
import { attempt } from './toast.js';
import { languageName, t, term } from './words.js';

const PAUSE = 250; // milliseconds after the last letter
const select = (name, label, options) =>
	el('div.field', el('label', { htmlFor: `search-${name}` }, label), el('select', { id: `search-${name}`, name }, [['', t('filter.any')], ...options].map(([value, words]) => el('option', { value }, words))));
const date = (name, label) => el('div.field', el('label', { htmlFor: `search-${name}` }, label), el('input', { type: 'date', id: `search-${name}`, name }));

function found({ conversation: one, seq, snippet }) {
	learn(one);
	return el(
		'li.row',
		el(
			'a.row-link',
			{ href: `#/search/${encodeURIComponent(one.id)}`, 'data-seq': seq ?? '', ...keyed(one.id) },
			el('span.row-head', el('b.row-name', nameOf(one)), flag(one)),
			el('span.row-why', [ownerOf(one), one.reason && term('reason', one.reason), orderOf(one), languageName(one.language), when(one.last_message_at ?? one.created_at)].filter(Boolean).join(' · ')),
			el('span.row-last', snippet.map(({ text, hit }) => (hit ? el('mark', text) : text))),
		),
	);
}

/** Over all conversations; takes the place of the list. */
export function search() {
	const input = el('input', { type: 'search', id: 'search-q', name: 'q', autocomplete: 'off', placeholder: t('search.hint'), maxLength: 200 });
	const results = el('ul.rows', { ariaLabel: t('search.results') });
	const status = el('p.empty', { role: 'status' });
	const statuses = ['open', 'snoozed', 'resolved'].map((one) => [one, t(`status.${one}`)]);
	const fields = el('div.filter-fields');
	const form = el('form.search', { role: 'search', ariaLabel: t('action.search') }, el('div.field.search-field', el('label.hidden', { htmlFor: 'search-q' }, t('action.search')), icon('search'), input), el('details.filters', el('summary', icon('filter'), t('filters')), fields));
	const node = el('section.queue.search-column', { ariaLabel: t('action.search') }, el('h1.hidden', t('action.search')), form, el('div.rows-scroll', results, status));
	let asked = 0;
	let timer = 0;

	function fill() {
		if (fields.children.length) return;
		fields.append(
			select('language', t('language'), (state.desk.languages ?? []).map((code) => [code, languageName(code)])),
			select('status', t('status'), statuses),
			select('agent', t('agent'), state.agents.map(({ id, name }) => [id, name])),
			date('from', t('search.from')),
			date('to', t('search.to')),
		);
	}

	async function look() {
		const values = Object.fromEntries(new FormData(form));
		const mine = ++asked;
		if (!values.q.trim()) {
			results.replaceChildren();
			put(status, t('search.start'));
			return;
		}
		await attempt(async () => {
			const { results: list } = await api.get('/search', values);
			if (mine !== asked) return;
			keepFocus(results, () => results.replaceChildren(...list.map(found)));
			put(status, list.length ? t('search.found', { n: list.length }) : t('search.none'));
		});
	}

	form.oninput = () => {
		clearTimeout(timer);
		timer = setTimeout(look, PAUSE);
	};
	form.onsubmit = (event) => {
		event.preventDefault();
		clearTimeout(timer);
		look();
	};
	input.onkeydown = (event) => {
		if (event.key !== 'ArrowDown') return;
		event.preventDefault();
		results.querySelector('a')?.focus();
	};
	put(status, t('search.start'));
	on('place', () => {
		if (state.place !== 'search') return;
		fill();
		if (!read().id) input.focus();
	});
	return node;
}
