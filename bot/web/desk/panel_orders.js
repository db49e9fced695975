import { button, el, icon, pill } from './dom.js';
import { failed, keepFocus, keyed, loading, rowsOf, told, turns, whenOpen } from './panel_parts.js';
import { orderLook } from './panel_order.js';
import { emit } from './state.js';
import { t } from './words.js';

/** An order in short, as jobs and lists show it. */
export function orderHead({ number, state_label: state, total, late_label: late, proved, in_hand: inHand }) {
	const marks = [inHand && pill('', icon('arrow'), t('orders.in_hand')), proved && pill('quiet', icon('check'), t('orders.proved')), late && pill('bad', icon('alert'), late)];
	return el('div.order-head', el('p', el('b', t('order', { number })), ' ', el('span', [state, total].filter(Boolean).join(' · '))), marks.some(Boolean) && el('p.pills', marks));
}

function order(one) {
	const { id, number, placed, promised, delivered, items, address } = one;
	const facts = rowsOf([
		[t('orders.placed'), placed],
		[t('orders.promised'), promised],
		[t('orders.delivered'), delivered],
		[t('orders.items'), items.map((item) => el('span.line', item))],
		[t('orders.address'), address.map((line) => el('span.line', line))],
	]);
	const jobs = button('link', () => emit('next_action', { name: 'job:of', order: id }), { ...keyed(`jobs ${id}`), ariaLabel: t('orders.jobs.name', { number }) }, t('orders.jobs'));
	return el('li.order', orderHead(one), el('details.more-of', el('summary', { ...keyed(`more ${id}`), ariaLabel: t('orders.more.name', { number }) }, t('orders.more')), facts), jobs);
}

const caseLine = ({ number, kind_label: kind, state_label: state, wish_label: wish, refund, created, order_number: of, items }) =>
	el('li.order', el('p', el('b', t('card.case', { number })), ' ', el('span', state)), el('p.small', [kind, wish, refund, t('order', { number: of }), created].filter(Boolean).join(' · ')), items.length > 0 && el('p.small.muted', items.join(', ')));

const list = (title, all, one, empty) => [el('h3', title), all.length ? el('ul.plain', all.map(one)) : el('p.help', empty)];

export const section = {
	key: 'orders',
	title_key: 'panel.orders',
	may: 'personal',
	open: false,
	mount(node, { api, path, on, gone, detail, state }) {
		let look = '';
		const late = turns(gone);
		const lookNow = () => orderLook(detail(), state.messages);
		const show = (...parts) => keepFocus(node, () => node.replaceChildren(...parts.flat(3).filter(Boolean)));

		async function load() {
			look = lookNow();
			const tooLate = late();
			if (!node.children.length) show(loading());
			try {
				const { orders, cases, sentence } = await api.get(path('orders'));
				if (tooLate()) return;
				if (sentence) show(failed(sentence, load));
				else show(list(t('orders.title'), orders, order, t('orders.none')), list(t('orders.cases'), cases, caseLine, t('orders.no_cases')), el('div.panel-foot', button('', load, keyed('again'), t('panel.again'))));
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				if (!tooLate()) show(failed(refusal.message, load));
			}
		}

		whenOpen(node, () => {
			load();
			for (const news of ['detail', 'messages']) on(news, () => lookNow() !== look && load());
		});
	},
};

export const notKnown = () => told('warn', t('orders.not_known'));
