import { el, icon, pill } from './dom.js';
import { ownedByMe, state } from './state.js';
import { coarse, since, when } from './time.js';
import { languageName, money, t, term } from './words.js';

const SOON = 120; // seconds before an answer is due

/** Guests have no name; the end of the id tells one from another. */
export const nameOf = (one) => one.shopper.name || t('guest', { n: one.id.replace(/[^a-z\d]/gi, '').slice(-4) });

/** How pressing it is: {kind, shape, text}; never by colour alone. */
export function pressing(one) {
	if (one.status === 'snoozed') return { kind: 'calm', shape: 'clock', text: t('row.snoozed', { when: when(one.snoozed_until) }) };
	if (one.status === 'resolved') return { kind: 'calm', shape: 'check', text: t('row.resolved', { when: when(one.resolved_at ?? one.last_message_at) }) };
	const late = one.due_at ? since(one.due_at) : -Infinity;
	if (one.escalated_at) return { kind: 'bad', shape: 'arrow', text: t('row.escalated', { span: coarse(since(one.waiting_since ?? one.escalated_at)) }) };
	if (late > 0) return { kind: 'bad', shape: 'alert', text: t('row.overdue', { span: coarse(late) }) };
	if (late > -SOON) return { kind: 'warn', shape: 'clock', text: t('row.due', { span: coarse(late) }) };
	if (one.waiting_since) return { kind: 'calm', shape: 'clock', text: t('row.waits', { span: coarse(since(one.waiting_since)) }) };
	return { kind: 'calm', shape: 'reply', text: t('row.answered') };
}

export const flag = (one) => {
	const { kind, shape, text } = pressing(one);
	return el(`span.flag.${kind}`, icon(shape), text);
};

export const orderOf = ({ order }) =>
	order && [t('order', order), order.value !== null && money(order.value, order.currency)].filter(Boolean).join(' · ');

export function ownerOf(one) {
	if (one.owner.kind !== 'agent') return t(`owner.${one.owner.kind}`);
	return ownedByMe(one) ? t('owner.me') : (one.owner.name ?? t('agent'));
}

function lastWords({ last_message: last }) {
	if (!last) return '';
	const { kind, name } = last.author;
	const who = kind === 'shopper' ? '' : `${kind === 'agent' ? (name ?? t('agent')) : t(`author.${kind}`)}: `;
	return who + (last.text || t('photo'));
}

/** What is inside a row; a change of it is drawn anew. */
export function rowParts(one) {
	const { place } = state;
	const owner = place !== 'mine' && place !== 'queue' && pill('quiet', icon(one.owner.kind === 'bot' ? 'bot' : 'person'), ownerOf(one));
	return [
		el('span.row-head', el('b.row-name', nameOf(one)), one.unread > 0 && el('span.count', { title: t('row.unread', { n: one.unread }) }, `${one.unread}`, el('span.hidden', ` ${t('row.new')}`)), flag(one)),
		el('span.row-why', [one.reason && term('reason', one.reason), orderOf(one)].filter(Boolean).join(' · ')),
		el('span.row-last', lastWords(one)),
		el(
			'span.row-tags',
			owner,
			one.team && pill('quiet', icon('people'), state.desk.teams?.[one.team] ?? one.team),
			pill('quiet', languageName(one.language)),
			one.incident && pill('bad', icon('alert'), t('incident.part')),
			one.labels.map((name) => pill('', icon('tag'), term('label', name))),
		),
	];
}
