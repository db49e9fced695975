import { keysOf, possible, known, shown } from './actions.js';
import { composer } from './composer.js';
import { button, el, icon, iconButton, pill, put } from './dom.js';
import { back, go, read } from './route.js';
import { flag, nameOf, orderOf, ownerOf } from './row.js';
import { conversation, on, state } from './state.js';
import { transcript } from './transcript.js';
import { languageName, t, term } from './words.js';

/** What stands in the head, the most wanted first; the rest is in the palette. */
const FIRST = ['claim', 'hand_back', 'resolve', 'reopen', 'take_over'];
const NEXT = ['snooze', 'transfer', 'assign', 'label'];
const MAIN = new Set(['claim', 'resolve', 'reopen']);

function actionButton(id, main) {
	const keys = keysOf(id);
	return button(main ? 'main' : '', () => known().find((one) => one.id === id).run(), { 'aria-keyshortcuts': keys.replace(' ', '+') }, t(`action.${id}`), el('kbd', { ariaHidden: 'true' }, shown(keys)));
}

function head() {
	const name = el('h1', { tabIndex: -1 });
	const about = el('p.about');
	const status = el('p.status', { role: 'status' });
	const buttons = el('div.head-buttons', { role: 'group', ariaLabel: t('actions') });
	const details = button('details-button', () => go(state.place, state.open, read().part ? '' : 'info'), icon('info'), el('span', t('details')));
	const node = el('header.conversation-head', iconButton('back', t('back'), back, { className: 'icon-button back' }), el('div.grow', name, about, status), buttons, details);

	function draw() {
		const one = conversation();
		if (!one) return;
		put(name, nameOf(one), one.shopper.name && pill('quiet', t(`shopper.${one.shopper.kind}`)));
		const facts = [orderOf(one), languageName(one.language), one.job && term('job', one.job), ...one.labels.map((label) => term('label', label))];
		put(about, facts.filter(Boolean).join(' · '));
		put(status, el(`span.by.${one.owner.kind}-has`, icon(one.owner.kind === 'agent' ? 'person' : one.owner.kind === 'bot' ? 'bot' : 'inbox'), ownerOf(one)), flag(one), one.reason && el('span.why', term('reason', one.reason)));
		const can = (id) => possible(known().find((each) => each.id === id));
		const first = FIRST.filter(can);
		buttons.replaceChildren(...first.map((id, at) => actionButton(id, MAIN.has(id) && at === first.findIndex((each) => MAIN.has(each)))), ...NEXT.filter(can).map((id) => actionButton(id)));
	}

	['summary', 'open', 'detail'].forEach((event) => on(event, draw));
	return { node, name, draw };
}

function nothing() {
	const hint = (id) => el('li', el('kbd', shown(keysOf(id))), t(`action.${id}`));
	return el('div.nothing', icon('team'), el('h2', t('nothing.title')), el('p', t('nothing.text')), el('ul.hints', ['next', 'open', 'claim', 'search', 'palette', 'help'].map(hint)));
}

export function conversationColumn(stream) {
	const top = head();
	const log = transcript();
	const write = composer(stream);
	const typing = el('p.typing', { role: 'status' });
	const inside = el('div.conversation', { hidden: true }, top.node, log.node, typing, write.node);
	const empty = nothing();
	const node = el('section.middle', { ariaLabel: t('conversation') }, empty, inside);

	on('open', (id) => {
		inside.hidden = !id;
		empty.hidden = !!id;
	});
	on('typing', (author) => put(typing, author ? t('typing', { name: author.name ?? t(`author.${author.kind}`) }) : ''));
	on('focus', (where) => where === 'log' && log.focus());
	return node;
}
