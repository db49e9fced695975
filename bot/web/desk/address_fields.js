import { api } from './api.js';
import { el } from './dom.js';
import { labelled, select } from './panel_parts.js';
import { t } from './words.js';

const KEPT = ['name', 'phone']; // stay the order's where an agent leaves them empty
const capital = (text = '') => text.charAt(0).toLocaleUpperCase() + text.slice(1);

let known = null;

/** What each country's address has; the same for every conversation. */
export function addressForms() {
	known ??= api.get('/address_forms').catch((refusal) => {
		known = null;
		throw refusal;
	});
	return known;
}

/**
 * An address, asked as its country writes it: {node, value(), wrong(errors), focus()}. `kept`: name and phone may stay
 * empty. `wrong({postcode: sentence})` puts each sentence at its field and the focus at the first.
 */
export function addressFields({ countries, fields }, values = {}, { kept = false } = {}) {
	const typed = { ...values };
	let shown = {};
	const options = countries.map(({ code, name }) => ({ value: code, label: name }));
	const known_ = options.some(({ value }) => value === typed.country);
	const country = select(options, known_ ? typed.country : options[0].value);
	const place = labelled(t('address.country'), country.node);
	const rest = el('div.fields');
	const node = el('div.fields', rest, place.node);

	function one({ name, label, required, longest, options: given }) {
		const optional = !required || (kept && KEPT.includes(name));
		const value = typed[name] ?? '';
		const help = kept && KEPT.includes(name) ? t('address.kept') : '';
		if (!given) {
			const input = el('input', { type: name === 'phone' ? 'tel' : 'text', value, maxLength: longest, autocomplete: 'off', oninput: () => (typed[name] = input.value) });
			return { name, value: () => input.value.trim(), ...labelled(label, input, { help, optional }) };
		}
		const all = [...(optional ? [{ value: '', label: '–' }] : []), ...given, ...(value && !given.some((each) => each.value === value) ? [{ value, label: value }] : [])];
		const chosen = select(all, value || (optional ? '' : null));
		chosen.node.onchange = () => (typed[name] = chosen.value());
		return { name, value: () => chosen.value() ?? '', ...labelled(label, chosen.node, { help, optional }) };
	}

	function draw() {
		const list = fields[country.value()].map(one);
		shown = Object.fromEntries(list.map((each) => [each.name, each]));
		rest.replaceChildren(...list.map((each) => each.node));
	}

	country.node.onchange = draw;
	draw();
	return {
		node,
		focus: () => (kept ? shown.line1.input : rest.querySelector('input')).focus(),
		value() {
			const filled = Object.values(shown).map((each) => [each.name, each.value()]);
			return { ...Object.fromEntries(filled.filter(([, value]) => value)), country: country.value() };
		},
		wrong(errors = {}) {
			const all = { ...shown, country: { ...place, input: country.node } };
			for (const [name, each] of Object.entries(all)) each.wrong(capital(errors[name]));
			const first = Object.keys(all).find((name) => errors[name]);
			if (first) all[first].input.focus();
			return !!first;
		},
	};
}
