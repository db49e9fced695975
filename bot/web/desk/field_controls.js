import { addressFields, addressForms } from './address_fields.js';
import { el } from './dom.js';
import { labelled, select } from './panel_parts.js';
import { t } from './words.js';

/** A control without parts of its own: `wrong` shows the server's sentence at it. */
function single(label, input, value, more) {
	const made = labelled(label, input, more);
	return {
		node: made.node,
		value,
		focus: () => input.focus(),
		wrong(errors, sentence) {
			made.wrong(sentence);
			input.focus();
			return true;
		},
	};
}

function text({ value }, label) {
	const input = el('input', { type: 'text', value: value ?? '', maxLength: 500, autocomplete: 'off' });
	return single(label, input, () => input.value);
}

function choice({ value, options }, label) {
	const chosen = select(options, value);
	return single(label, chosen.node, chosen.value);
}

/** By its number; with what the shopper said of it, if they have not proved it. */
function order({ value }, label) {
	const number = el('input', { type: 'text', value: value?.number ?? '', maxLength: 60, autocomplete: 'off' });
	const proof = el('input', { type: 'text', maxLength: 200, autocomplete: 'off' });
	const first = single(label, number, () => (proof.value.trim() ? { number: number.value.trim(), proof: proof.value.trim() } : number.value.trim()));
	const second = labelled(t('find.proof'), proof, { help: t('find.proof.help'), optional: true });
	return { ...first, node: el('div.fields', first.node, second.node) };
}

/** How many of each line. */
function items({ value, options }, label) {
	const has = new Map((value ?? []).map(({ id, quantity }) => [id, quantity]));
	const error = el('p.error', { role: 'alert' });
	const lines = options.map((one) => {
		const input = el('input', { type: 'number', min: 0, max: one.max, step: 1, value: `${has.get(one.value) ?? 0}`, inputMode: 'numeric' });
		return { id: one.value, input, node: el('label.pieces', input, el('span', one.label, el('small', ` ${t('form.of', { n: one.max })}`))) };
	});
	return {
		node: el('fieldset.field', el('legend', label), lines.length ? lines.map(({ node }) => node) : el('p.help', t('form.no_items')), error),
		value: () => lines.map(({ id, input }) => ({ id, quantity: Number(input.value) })).filter(({ quantity }) => quantity),
		focus: () => lines[0]?.input.focus(),
		wrong(errors, sentence) {
			error.textContent = sentence;
			lines[0]?.input.focus();
			return true;
		},
	};
}

const address = async ({ value }) => addressFields(await addressForms(), value ?? {}, { kept: true });

const KINDS = { address, choice, items, order, text };

/** What is filled in by hand; a yes is the shopper's alone, and photos are the shopper's. */
export const canEdit = ({ kind }) => kind in KINDS;

/** Gives {node, value(), focus(), wrong(errors, sentence): whether it was shown at a field}. May be refused. */
export const control = async (field, label) => KINDS[field.kind](field, label);
