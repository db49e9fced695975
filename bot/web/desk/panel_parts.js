import { button, el, icon } from './dom.js';
import { t } from './words.js';

/** What the focus comes back to when its place is drawn anew. */
export const keyed = (key) => ({ 'data-key': key });

export function keepFocus(node, draw) {
	const active = document.activeElement;
	const held = node.contains(active) && active.isConnected;
	draw();
	if (!held || document.activeElement === active) return;
	const again = active.dataset.key && node.querySelector(`[data-key="${CSS.escape(active.dataset.key)}"]`);
	(again || node.closest('details')?.querySelector('summary'))?.focus();
}

/** Draws anew only when `look()` has changed; the focus stays where it was. */
export function drawer(node, look, draw) {
	let last;
	return (force = false) => {
		const now = JSON.stringify(look() ?? null);
		if (now === last && !force) return;
		last = now;
		keepFocus(node, () => node.replaceChildren(...[draw()].flat(3).filter(Boolean)));
	};
}

/** Of several looks at once the last one is shown: `const late = turns(gone)` once, `const tooLate = late()` before each. */
export function turns(gone) {
	let last = 0;
	return () => {
		const mine = ++last;
		return () => gone() || mine !== last;
	};
}

/** A sentence with a sign; what it means is said, not only coloured. */
export const told = (kind, ...words) => el(`p.told.${kind}`, icon({ good: 'check', bad: 'alert', warn: 'alert', calm: 'info' }[kind]), el('span', words));

export const rowsOf = (rows) => el('dl.facts', rows.filter(([, value]) => value).map(([name, value]) => [el('dt', name), el('dd', value)]));

export const loading = () => el('p.empty', t('list.loading'));

/** What could not be had, and a button to ask again. */
export const failed = (sentence, again) => el('div', { role: 'status' }, told('bad', sentence), button('', again, keyed('again'), t('panel.again')));

/** Calls `load` once the section is open: what is folded away asks the store nothing. */
export function whenOpen(node, load) {
	const frame = node.parentElement;
	if (frame.open) return load();
	const opened = () => {
		if (!frame.open) return;
		frame.removeEventListener('toggle', opened);
		load();
	};
	return frame.addEventListener('toggle', opened);
}

let count = 0;

/** A control with its label, and room for what is wrong with it: {node, input, wrong(sentence)}. */
export function labelled(label, input, { help = '', optional = false } = {}) {
	const id = `p${++count}`;
	const error = el('p.error', { id: `${id}e` });
	const hint = help && el('p.help', { id: `${id}h` }, help);
	input.id = id;
	input.setAttribute('aria-describedby', `${id}e${help ? ` ${id}h` : ''}`);
	const node = el('div.field', el('label', { htmlFor: id }, label, optional && el('small', ` ${t('optional')}`)), input, hint, error);
	const wrong = (sentence = '') => {
		error.textContent = sentence;
		input.setAttribute('aria-invalid', !!sentence);
	};
	return { node, input, wrong };
}

/** `options`: [{value, label}]; with `value` null the first line asks to choose. */
export function select(options, value = null) {
	const node = el('select', options.map((one, at) => el('option', { value: `${at}`, selected: one.value === value }, one.label)));
	if (!options.some((one) => one.value === value)) node.prepend(el('option', { value: '', selected: true, disabled: true }, t('choose')));
	return { node, value: () => options[node.value === '' ? -1 : Number(node.value)]?.value ?? null };
}

/** One of `options`, all of them in sight. */
export function radios(legend, options, value = null, onchange = () => {}) {
	const name = `p${++count}`;
	const line = (one) => el('label.check', el('input', { type: 'radio', name, value: `${one.value}`, checked: one.value === value, onchange }), el('span', one.label));
	const node = el('fieldset.field', el('legend', legend), options.map(line));
	return { node, value: () => options.find((one) => `${one.value}` === node.querySelector(':checked')?.value)?.value ?? null };
}

/** Enter sends, Escape goes back; nothing of that reaches the page's keys. */
export function inForm(form, send, cancel) {
	form.onsubmit = (event) => {
		event.preventDefault();
		send();
	};
	form.onkeydown = (event) => {
		if (event.key === 'Escape') {
			event.preventDefault();
			event.stopPropagation();
			cancel();
		}
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
	};
	return form;
}
