import { button, el, icon } from './dom.js';
import { t } from './words.js';

let count = 0;

/** A modal dialog; `fill(close)` gives its parts. Gives a promise of what it was closed with. */
export function dialog(title, fill, kind = '') {
	return new Promise((done) => {
		const id = `d${++count}`;
		const back = document.activeElement;
		let result;
		const close = (value) => {
			result = value;
			node.close();
		};
		const closer = button('icon-button', () => close(), { ariaLabel: t('close') }, icon('close'));
		const head = el('div.dialog-head', el('h2', { id }, title), closer);
		const node = el(`dialog${kind && `.${kind}`}`, { 'aria-labelledby': id }, head);
		node.append(...[fill(close)].flat());
		node.onclose = () => {
			node.remove();
			if (document.activeElement === document.body && back?.isConnected) back.focus(); // not where the next key has gone on
			done(result);
		};
		// Beside it: close, but not where one may have written something.
		node.onclick = (event) => {
			if (kind && event.target === node) close();
		};
		document.body.append(node);
		node.showModal();
		(node.querySelector('[autofocus], dialog form input, dialog form select, dialog form textarea') ?? closer).focus();
	});
}

/** One question of a form: {name, label, type, value, options: [{value, label, group?}], required, help}. */
function field(one) {
	const { name, label, type = 'text', value, options, required, help, ...more } = one;
	const id = `f${++count}`;
	const hint = help && el('p.help', { id: `${id}h` }, help);
	const props = { id, name, required, ...(help && { 'aria-describedby': `${id}h` }), ...more };
	if (type === 'radio' || type === 'checkboxes') {
		const kind = type === 'radio' ? 'radio' : 'checkbox';
		const chosen = (each) => (kind === 'radio' ? each === value : (value ?? []).includes(each));
		const line = (each) =>
			el('label.check', el('input', { type: kind, name, value: each.value, checked: chosen(each.value), required: required && kind === 'radio' }), el('span', each.label));
		return el('fieldset.field', el('legend', label), options.map(line), hint);
	}
	const input = { textarea: () => el('textarea', { rows: 3, maxLength: 2000, ...props, value: value ?? '' }), select: () => choices(options, value, props) };
	const made = input[type]?.() ?? el('input', { type, ...props, value: value ?? '' });
	return el('div.field', el('label', { htmlFor: id }, label, !required && type !== 'select' && el('small', ` ${t('optional')}`)), made, hint);
}

function choices(options, value, props) {
	const node = el('select', props);
	const groups = new Map();
	if (props.required && value === undefined) node.append(el('option', { value: '', selected: true, disabled: true }, t('choose')));
	for (const one of options) {
		const option = el('option', { value: one.value, selected: one.value === value, disabled: one.disabled }, one.label);
		if (!one.group) node.append(option);
		else {
			if (!groups.has(one.group)) node.append(groups.set(one.group, el('optgroup', { label: one.group })).get(one.group));
			groups.get(one.group).append(option);
		}
	}
	return node;
}

function valuesOf(form, fields) {
	const data = new FormData(form);
	const read = ({ name, type }) => (type === 'checkboxes' ? data.getAll(name) : (data.get(name) ?? '').trim());
	return Object.fromEntries(fields.map((one) => [one.name, read(one)]));
}

/**
 * A form in a dialog. `send(values)` may refuse with a sentence: it is shown and the form stays. Gives whether it was sent.
 * `more`: nodes above the fields.
 */
export function ask(title, fields, send, { submit = t('ok'), danger = false, more = [] } = {}) {
	return dialog(title, (close) => {
		const error = el('p.error', { role: 'alert' });
		const go = el(`button.main${danger ? '.danger' : ''}`, { type: 'submit' }, submit);
		const form = el('form.dialog-form', { noValidate: false }, more, fields.map(field), error, el('div.dialog-foot', button('', () => close(), t('cancel')), go));
		form.onsubmit = async (event) => {
			event.preventDefault();
			go.disabled = true;
			error.textContent = '';
			try {
				await send(valuesOf(form, fields));
				close(true);
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				error.textContent = refusal.message;
			} finally {
				go.disabled = false;
			}
		};
		form.onkeydown = (event) => {
			if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
		};
		return form;
	});
}
