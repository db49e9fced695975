import { anchor, button, el, icon, link, t } from './dom.js';

const WAY = ['unpaid paid', 'packed', 'partly_shipped in_transit out_for_delivery', 'delivered'];
let count = 0;

const card = (...parts) => el('section.card', ...parts);

const head = (title, state) => el('div.head', el('h3', title), el('span.pill', state));

const rows = (list = []) =>
	el('dl', list.filter(({ value }) => value).flatMap(({ label, value }) => [el('dt', label), el('dd', value)]));

const item = ({ title, options, price, image, url, quantity = 1 }, { server }, more) =>
	el(
		'li.item',
		image && el('img', { src: new URL(image, server), alt: '' }),
		el('div.grow.follow', quantity > 1 && `${quantity} × `, url ? anchor(new URL(url, server), title) : title, el('small', options)),
		el('span', price),
		more,
	);

function timeline({ carrier, tracking_number: value, tracking_url, state_label, events: [latest, ...earlier] }) {
	const step = ({ at, text, place }) => el('li', text, el('small', [at, place].filter(Boolean).join(', ')));
	return card(
		head(carrier ?? t('parcel'), state_label),
		rows([{ label: t('tracking'), value }]),
		latest && el('ol', step(latest)),
		earlier[0] && el('details', el('summary', t('earlier')), el('ol', earlier.map(step))),
		tracking_url && el('p.follow', link(tracking_url, t('track'))),
	);
}

function order(order, context) {
	const { state, state_label, late, late_label, placed, promised, total, items, shipments = [] } = order;
	const at = WAY.findIndex((states) => states.includes(state));
	return card(
		head(t('order', order), state_label),
		at >= 0 && el('div.way', WAY.map((_, step) => el(step > at ? 'i' : 'i.on'))),
		late && el('p.late', late_label),
		rows([{ label: t('placed'), value: placed }, { label: t('promised'), value: promised }]),
		el('ul', items.map((one) => item(one, context))),
		el('div.head.total', t('total'), el('b', total)),
		shipments.map(timeline),
	);
}

function field({ name, label, required, autocomplete = 'off', options, type = 'text', most = 200 }, value = '', error = '') {
	const id = `f${++count}`;
	const props = { id, name, required, value, autocomplete, 'aria-describedby': `${id}e` };
	const input = options
		? el('select', !value && new Option(t('choose'), ''), options.map((one) => new Option(one.label, one.value)), props)
		: el('input', { type: /tel/.test(autocomplete) ? 'tel' : type, maxLength: most }, props);
	const node = el('div.field', el('label', { htmlFor: id }, label, !required && ` ${t('optional')}`), input, el('span.error', { id: `${id}e` }));
	mark(input, error);
	return node;
}

function mark(input, error) {
	input.ariaInvalid = !!error;
	input.nextSibling.textContent = error;
}

/** Keeps a draft, shows the first wrong field. */
function form({ keepDraft, speak }, label, done, ...parts) {
	const node = el('form.card', { noValidate: true }, ...parts, el('button.main', label));
	const values = () => Object.fromEntries([...new FormData(node)].map(([name, value]) => [name, value.trim()]));
	node.oninput = () => keepDraft(values());
	node.onsubmit = (event) => {
		event.preventDefault();
		speak();
		const wrong = [...node.elements].filter((input) => {
			if (input.required) mark(input, input.validity.valid ? '' : t(input.value ? 'email.wrong' : 'missing'));
			return !input.validity.valid;
		});
		if (wrong[0]) wrong[0].focus();
		else done(values());
	};
	return node;
}

function address_form({ country, countries, fields, values, errors, submit }, context) {
	let filled = { country, ...values, ...context.draft };
	const place = el('div');
	const draw = () => place.replaceChildren(...fields[filled.country].map((one) => field(one, filled[one.name], errors?.[one.name])));
	const options = countries.map(({ code, name }) => ({ value: code, label: name }));
	const choice = field({ name: 'country', label: t('country'), required: true, autocomplete: 'country', options }, filled.country);
	choice.onchange = ({ target }) => {
		filled = { ...filled, ...context.draft, country: target.value };
		context.speak();
		draw();
	};
	draw();
	return form(context, t('address.send'), (done) => context.choose(submit, done, Object.values(done).filter(Boolean).join(', ')), choice, place);
}

function email_form({ submit }, context) {
	const email = { name: 'email', label: t('email'), type: 'email', required: true, autocomplete: 'email' };
	return form(context, t('email.send'), (done) => context.choose(submit, done, done.email), field(email, context.draft?.email));
}

function item_picker({ items, submit }, context) {
	const error = el('p.error', { role: 'alert' });
	const wanted = ({ id, title, max, why_not }) =>
		why_not
			? el('small.why', why_not)
			: el('select', { name: id, ariaLabel: title }, Array.from({ length: max + 1 }, (_, n) => new Option(n)), { value: context.draft?.[id] ?? +!items[1] });
	const done = (values) => {
		const chosen = items.filter(({ id }) => values[id] > 0);
		const list = chosen.map(({ id }) => ({ id, quantity: +values[id] }));
		if (chosen[0]) context.choose(submit, { items: list }, chosen.map(({ id, title }) => `${values[id]} × ${title}`).join(', '));
		else error.textContent = t('items.none');
	};
	return form(context, t('items.send'), done, el('h3', t('items')), el('ul', items.map((one) => item(one, context, wanted(one)))), error);
}

function rating({ submit }, context) {
	const draft = context.draft ?? {};
	const scores = [...'12345'].map((value) => el('label.round', el('input', { type: 'radio', name: 'score', value, checked: value === draft.score }), value));
	const error = el('p.error', { role: 'alert' });
	const done = ({ score, comment }) => {
		if (score) context.choose(submit, { score: +score, comment }, `${score}/5 ${comment}`);
		else error.textContent = t('missing');
	};
	const comment = field({ name: 'comment', label: t('rating.comment'), most: 1000 }, draft.comment);
	return form(context, t('rating.send'), done, el('fieldset.head', el('legend', t('rating')), scores), error, comment);
}

const confirm = ({ title, rows: list, columns = [] }) =>
	card(
		el('h3', title),
		rows(list),
		el('div.columns', columns.map(({ label, lines }) => el('div', el('h4', label), lines.map((line) => el('p', line))))),
	);

function photo(card, { photoOf }) {
	const picture = el('img.photo', { alt: t('photo') });
	photoOf(card).then(
		(blob) => {
			picture.src = URL.createObjectURL(blob);
		},
		() => picture.replaceWith(t('photo.gone')),
	);
	return picture;
}

/** See docs/contracts.md. */
export const CARDS = {
	address_form,
	article: ({ title, url }, { server }) => card(el('p.follow', anchor(new URL(`.${url}`, server), title))),
	case: (one) => card(head(t('case', one), one.state_label), el('p', one.kind_label), rows(one.rows)),
	confirm,
	email_form,
	item_picker,
	order,
	photo,
	photo_request: ({ hint }, { pickPhoto }) => card(hint, button('main', pickPhoto, icon('photo'), t('photo.pick'))),
	rating,
	products: ({ items }, context) => card(el('ul', items.map((one) => item(one, context)))),
	timeline,
};
