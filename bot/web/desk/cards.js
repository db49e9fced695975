import { api, of } from './api.js';
import { el, icon, pill } from './dom.js';
import { t } from './words.js';

const head = (title, state) => el('div.card-head', el('h3', title), state && pill('quiet', state));

const rows = (list = []) => list.length > 0 && el('dl', list.filter(({ value }) => value).map(({ label, value }) => [el('dt', label), el('dd', `${value}`)]));

const row = (key, value) => ({ label: t(key), value });

const items = (list = []) =>
	list.length > 0 &&
	el('ul.card-items', list.map(({ title, options, price, quantity = 1, why_not }) => el('li', el('span.grow', quantity > 1 && `${quantity} × `, title, (options || why_not) && el('small', [options, why_not].filter(Boolean).join(' · '))), price && el('span', price))));

const timeline = ({ carrier, tracking_number, state_label, events = [] }) =>
	el('div.card-part', head(carrier ?? t('card.parcel'), state_label), rows([row('card.tracking', tracking_number)]), el('ol.steps', events.slice(0, 3).map(({ at, text, place }) => el('li', text, el('small', [at, place].filter(Boolean).join(', '))))));

function photo({ photo_id }, id) {
	const address = api.url(of(id, `photos/${encodeURIComponent(photo_id)}`));
	const picture = el('img', { src: address, alt: t('photo.alt'), loading: 'lazy' });
	const link = el('a.photo', { href: address, target: '_blank', rel: 'noopener' }, picture);
	picture.onerror = () => link.replaceWith(el('p.empty', t('photo.gone')));
	return link;
}

/** What the shopper saw, to be read and not to be pressed. */
const KINDS = {
	address_form: ({ values = {}, errors = {} }) => [head(t('card.address_form')), el('p', Object.values(values).filter(Boolean).join(', ')), Object.values(errors).map((error) => el('p.bad', error))],
	article: ({ title }) => [head(title)],
	case: ({ number, kind_label, state_label, rows: list }) => [head(t('card.case', { number }), state_label), el('p', kind_label), rows(list)],
	confirm: ({ title, rows: list, columns = [] }) => [head(title), rows(list), columns.length > 0 && el('div.columns', columns.map(({ label, lines }) => el('div', el('h4', label), lines.map((line) => el('p', line)))))],
	email_form: () => [head(t('card.email_form'))],
	item_picker: ({ items: list }) => [head(t('card.item_picker')), items(list)],
	order: ({ number, state_label, late_label, placed, promised, total, items: list, shipments = [] }) => [
		head(t('order', { number }), state_label),
		late_label && el('p.bad', icon('alert'), late_label),
		rows([row('card.placed', placed), row('card.promised', promised), row('card.total', total)]),
		items(list),
		shipments.map(timeline),
	],
	photo_request: ({ hint }) => [head(t('card.photo_request')), hint && el('p', hint)],
	products: ({ items: list }) => [items(list)],
	rating: ({ title }) => [head(title ?? t('card.rating'))],
	timeline: (card) => [timeline(card)],
};

export function drawCard(card, conversationId) {
	if (card.type === 'photo') return photo(card, conversationId);
	const parts = KINDS[card.type]?.(card);
	return el('div.card', parts ?? head(t('card.other')));
}
