import { known, nameOf, possible, shown } from './actions.js';
import { dialog } from './dialogs.js';
import { el, icon } from './dom.js';
import { openConversation } from './route.js';
import { flag, nameOf as shopperOf, orderOf } from './row.js';
import { state } from './state.js';
import { t, term } from './words.js';

const MOST = 12;

const actions = () =>
	known()
		.filter((one) => one.id !== 'palette' && possible(one))
		.map((one) => ({ text: nameOf(one), keys: one.keys, shape: 'command', run: () => one.run() }));

function conversations() {
	const all = [...state.known.values()].filter(({ owner }) => owner.kind !== 'bot');
	return all.map((one) => ({ text: [shopperOf(one), orderOf(one), one.reason && term('reason', one.reason)].filter(Boolean).join(' · '), flag: () => flag(one), shape: 'team', run: () => openConversation(one.id) }));
}

/** Every word somewhere; what begins with what was typed first. */
function matching(list, typed) {
	const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
	const found = list.filter(({ text }) => wanted.every((word) => text.toLowerCase().includes(word)));
	const first = ({ text }) => (typed && text.toLowerCase().startsWith(typed.toLowerCase()) ? 0 : 1);
	return found.sort((one, other) => first(one) - first(other)).slice(0, MOST);
}

export async function openPalette() {
	const offered = [...actions(), ...conversations()];
	const chosen = await dialog(t('palette'), (close) => {
		const list = el('ul.palette-list', { id: 'palette-list', role: 'listbox', ariaLabel: t('palette') });
		const none = el('p.empty', { role: 'status' });
		const input = el('input', { type: 'text', role: 'combobox', autocomplete: 'off', ariaExpanded: 'true', ariaLabel: t('palette.hint'), placeholder: t('palette.hint'), 'aria-controls': 'palette-list', 'aria-autocomplete': 'list', autofocus: true });
		let hits = [];
		let at = 0;

		function mark() {
			[...list.children].forEach((one, index) => one.setAttribute('aria-selected', index === at));
			if (hits[at]) input.setAttribute('aria-activedescendant', `palette-${at}`);
			else input.removeAttribute('aria-activedescendant');
			list.children[at]?.scrollIntoView({ block: 'nearest' });
		}

		function draw() {
			hits = matching(offered, input.value.trim());
			at = 0;
			list.replaceChildren(...hits.map((hit, index) => el('li', { id: `palette-${index}`, role: 'option', onclick: () => close(hit) }, icon(hit.shape), el('span.grow', hit.text), hit.flag?.(), hit.keys && el('span', hit.keys.split(' ').map((one) => el('kbd', shown(one)))))));
			list.hidden = !hits.length;
			none.textContent = hits.length ? '' : t('palette.none');
			mark();
		}

		input.oninput = draw;
		input.onkeydown = (event) => {
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			if (step && hits.length) at = (at + step + hits.length) % hits.length;
			else if (event.key === 'Enter' && hits[at]) close(hits[at]);
			else return;
			event.preventDefault();
			mark();
		};
		draw();
		return [input, list, none];
	}, 'palette');
	chosen?.run();
}
