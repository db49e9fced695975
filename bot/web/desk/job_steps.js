import { button, el, icon } from './dom.js';
import { orderHead } from './panel_orders.js';
import { inForm, rowsOf } from './panel_parts.js';
import { t } from './words.js';

/** Exactly what will happen: as the shop's rules made it, nothing added here. */
export function drawPreview(job, { shown, next_steps: steps, left_to_person: beyond }, { confirm, back }) {
	const { title, rows = [], columns = [] } = shown;
	const column = ({ key, label, lines }) => el(`div.${key}`, el('h4.small-title', label), el('p', lines.map((line) => el('span.line', line))));
	const parts = [
		el('h3', { tabIndex: -1 }, title),
		beyond && el('p.told.warn', icon('alert'), t('job.left_to_person', { sentence: beyond.sentence })),
		rows.length > 0 && rowsOf(rows.map(({ label, value }) => [label, value])),
		columns.length > 0 && el('div.two.preview', columns.map(column)),
		steps.length > 0 && el('div', el('h4', t('job.next')), el('ul.steps', steps.map((step) => el('li', step)))),
		el('p.help', t('job.told')),
		el('div.panel-foot', el(`button.main${job === 'cancel' ? '.danger' : ''}`, { type: 'submit' }, t(job === 'track' ? 'job.tell' : 'job.confirm')), button('', back, t('back'))),
	];
	return inForm(el('form.editor.preview-box', { noValidate: true }, parts), confirm, back);
}

const SIGNS = { done: ['check', 'good'], refused: ['ban', 'warn'], failed: ['alert', 'bad'], unknown: ['alert', 'warn'] };

/** How it ended, in plain words, and what can be done now. */
export function drawResult({ state, code, sentence, message, order, text, case: number }, { confirm, again, done }) {
	const [shape, kind] = SIGNS[state] ?? SIGNS.refused;
	const changed = code === 'changed_meanwhile';
	const why = state === 'done' ? '' : (sentence ?? message);
	const explained = { done: '', refused: changed ? t('job.refused.changed') : t('job.refused'), failed: t('job.failed'), unknown: t('job.unknown') }[state];
	const way = { failed: button('main', confirm, t('job.try_again')), unknown: button('main', confirm, t('job.find_out')) }[state] ?? (changed && button('main', again, t('job.anew')));
	return el(
		'div.job-result',
		el(`p.told.${kind}`, { tabIndex: -1 }, icon(shape), el('b', t(`job.ended.${state}`))),
		why && el('p', why),
		explained && el('p', explained),
		changed && order && el('div.box', el('h3.part-title', t('job.order_now')), orderHead(order), rowsOf([[t('orders.items'), order.items.map((item) => el('span.line', item))], [t('orders.address'), order.address.map((line) => el('span.line', line))]])),
		text && el('div', el('h3.part-title', t('job.said')), el('blockquote', text.split('\n').map((line) => el('span.line', line)))),
		number && el('p', t('card.case', { number })),
		el('div.panel-foot', way, button('', done, t('job.back_to_list'))),
	);
}
