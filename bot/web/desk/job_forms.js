import { addressFields } from './address_fields.js';
import { el } from './dom.js';
import { itemLines } from './job_items.js';
import { labelled, radios, select, told } from './panel_parts.js';
import { t } from './words.js';

const coded = (list) => list.map(({ code, label }) => ({ value: code, label }));

const note = () => labelled(t('job.note'), el('textarea', { rows: 2, maxLength: 1000 }), { help: t('job.note.help'), optional: true });

const focusFirst = (node) => () => node.querySelector('input:not(:disabled), select')?.focus();

const NOTHING = () => false; // no field to show a refusal at

function cancel({ reasons }) {
	const reason = radios(t('job.reason'), coded(reasons));
	return { node: reason.node, value: () => ({ reason: reason.value() ?? '' }), focus: focusFirst(reason.node), wrong: NOTHING, lacks: () => (reason.value() ? '' : t('job.lacks.reason')) };
}

function changeAddress({ address }) {
	const fields = addressFields(address, address.values);
	return { ...fields, value: () => ({ address: { name: '', line1: '', ...fields.value() } }) };
}

function lost({ wishes, shipment_id: shipment }) {
	const wish = radios(t('job.wish'), coded(wishes), wishes.length === 1 ? wishes[0].code : null);
	const words = note();
	const node = el('div.fields', wish.node, words.node);
	return { node, value: () => ({ wish: wish.value() ?? '', note: words.input.value, ...(shipment && { shipment_id: shipment }) }), focus: focusFirst(node), wrong: NOTHING, lacks: () => (wish.value() ? '' : t('job.lacks.wish')) };
}

/** Photos that the shopper has sent here, to go with it. */
function pictures(ids, url) {
	const line = (id, at) => el('label.check.photo-check', el('input', { type: 'checkbox', value: id }), el('img', { src: url(id), alt: '', loading: 'lazy' }), el('span', t('job.photo', { n: at + 1 })));
	const node = el('fieldset.field', el('legend', t('slot.return_photos')), ids.map(line));
	return { node, value: () => [...node.querySelectorAll(':checked')].map((box) => box.value) };
}

/** A return, or a new one for what came wrong: what is asked follows from the items, the reason and the wish. */
function goods({ items, reasons, wishes, conditions, photos }, { url }) {
	const lines = itemLines(items, follow);
	const reason = select(coded(reasons));
	const why = labelled(t('job.reason'), reason.node);
	const wanted = el('div');
	const asked = el('div.fields');
	const chosen = pictures(photos, url);
	const photoHint = el('div');
	const words = note();
	const answers = new Map(); // code -> radios
	let wish = null;
	const node = el('div.fields', lines.node, why.node, wanted, asked, photoHint, photos.length > 0 && chosen.node, words.node);
	const picked = () => reasons.find(({ code }) => code === reason.value());

	function wishesOf(one) {
		const options = one.wishes.map((code) => ({ value: code, label: wishes[code] }));
		const before = wish?.value();
		wish = radios(t('job.wish'), options, options.some(({ value }) => value === before) ? before : options.length === 1 ? options[0].value : null, () => lines.exchange(wish.value() === 'exchange'));
		wanted.replaceChildren(wish.node);
		lines.exchange(wish.value() === 'exchange');
	}

	/** Questions about the condition of what is chosen; what was answered stays answered. */
	function follow() {
		const one = picked();
		const codes = one ? [...new Set(lines.value().flatMap(({ line_id: id }) => one.conditions[id] ?? []))] : [];
		for (const code of [...answers.keys()]) if (!codes.includes(code)) answers.delete(code);
		for (const code of codes) if (!answers.has(code)) answers.set(code, radios(conditions[code], [{ value: true, label: t('yes') }, { value: false, label: t('no') }]));
		asked.replaceChildren(...codes.map((code) => answers.get(code).node));
		photoHint.replaceChildren(...(one?.photo ? [told('calm', t(photos.length ? 'job.photo_needed' : 'job.photo_missing'))] : []));
	}

	reason.node.onchange = () => {
		wishesOf(picked());
		follow();
	};
	function value() {
		const given = [...answers].map(([code, one]) => [code, one.value()]).filter(([, one]) => one !== null);
		return { items: lines.value(), reason: reason.value() ?? '', wish: wish?.value() ?? '', conditions: Object.fromEntries(given), photos: chosen.value(), note: words.input.value };
	}
	function lacks() {
		if (!lines.value().length) return t('job.lacks.items');
		if (!reason.value()) return t('job.lacks.reason');
		return wish.value() ? '' : t('job.lacks.wish');
	}
	return { node, value, focus: focusFirst(node), wrong: NOTHING, lacks };
}

const NO_FORM = () => ({ asks: false, node: el('div'), value: () => ({}), focus() {}, wrong: NOTHING });

const FORMS = { cancel, change_address: changeAddress, lost, replace: goods, return: goods, track: NO_FORM };

/** The form of a job by the API's description: {asks, node, value(), focus(), wrong(errors, sentence), lacks()}. */
export const jobForm = (job, form, about) => ({ asks: true, lacks: () => '', ...(FORMS[job] ?? NO_FORM)(form, about) });
