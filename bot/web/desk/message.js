import { button, el, icon, linked, pill } from './dom.js';
import { drawCard } from './cards.js';
import { again, drop } from './outbox.js';
import { emit, state } from './state.js';
import { clock, full, when } from './time.js';
import { has, t } from './words.js';

const authorName = ({ kind, name }) => {
	if (kind === 'shopper') return name ?? state.detail?.shopper?.name ?? t('author.shopper');
	return name ?? t(`author.${kind}`);
};

const time = (at) => el('time', { dateTime: at, title: full(at) }, clock(at));

/** Who speaks is said in words: bots and people are not told apart by a colour. */
function who(author, at) {
	const tag = { bot: ['bot', 'bot'], agent: ['agent', 'person'] }[author.kind];
	return el('div.who', (author.kind !== 'bot' || author.name) && el('b', authorName(author)), tag && pill(tag[0], icon(tag[1]), t(`tag.${author.kind}`)), time(at));
}

export function drawMessage({ seq, author, at, text, card, buttons = [], language }, { follows, mark }) {
	if (author.kind === 'system' && !card) return drawEvent(text, at);
	return el(
		`div.message.${author.kind}${follows ? '.follows' : ''}`,
		{ 'data-seq': seq },
		who(author, at),
		text && card?.type !== 'photo' && el('div.bubble', { ...(language && { lang: language }) }, linked(text)),
		card && drawCard(card, state.open),
		buttons.length > 0 && el('ul.offered', { ariaLabel: t('offered') }, buttons.map(({ title }) => el('li', title))),
		mark && el(`div.mark.${mark}`, mark === 'read' && icon('check'), t(`mark.${mark}`)),
	);
}

/** What happened: `claimed`, `transferred: Returns`; who did it is in `author`. */
function eventWords({ text, author }) {
	const [, what, detail = ''] = text.match(/^(\w+)(?:: (.*))?$/s) ?? [];
	if (!what || !has(`event.${what}`)) return text;
	const about = what === 'snoozed' && detail ? when(detail) : (state.desk.teams?.[detail] ?? (has(`owner.${detail}`) ? t(`owner.${detail}`) : detail));
	return t(detail && has(`event.${what}.detail`) ? `event.${what}.detail` : `event.${what}`, { name: author?.name ?? t('desk'), detail: about });
}

export function drawNote(note) {
	const { kind, text, at, author, client_id } = note;
	if (kind === 'event') return drawEvent(eventWords(note), at);
	const name = author?.name ?? t('agent');
	const parts = text.split(/(@[\p{L}\p{N}_.-]+)/u).map((part, index) => (index % 2 ? el('b.mention', part) : part));
	return el(`div.note.${kind}`, { 'data-client': client_id ?? '' }, el('div.who', icon('note'), el('b', name), pill('private', t(`tag.${kind}`)), time(at)), el('div.note-text', parts));
}

export const drawEvent = (text, at, kind = '') => el(`div.event${kind && `.${kind}`}`, el('span', text, at && ' ', at && time(at)));

/** What is on its way, or was refused; then it can be sent again, changed or dropped. */
export function drawPending(entry) {
	const { kind, text, at, failed, photo } = entry;
	const words = failed ?? t(state.live ? 'mark.sending' : 'mark.waiting');
	const change = () => {
		drop(entry);
		emit('compose', { mode: kind, text });
	};
	const ways = failed && el('span.ways', button('link', () => again(entry), t('again')), !photo && button('link', change, t('change')), button('link', () => drop(entry), t('remove')));
	const state_ = el(`div.mark${failed ? '.failed' : ''}`, failed && icon('alert'), words, ways);
	const body = photo ? drawCard({ type: 'photo', photo_id: photo }, entry.conversation_id) : el('div.bubble', linked(text));
	if (kind !== 'reply') return el(`div.note.${kind}.pending`, el('div.who', icon('note'), el('b', state.me.name), pill('private', t(`tag.${kind}`)), time(at)), el('div.note-text', text), state_);
	return el('div.message.agent.pending', who({ kind: 'agent', name: state.me.name }, at), body, state_);
}
