import { api, of } from './api.js';
import { conversation, on, state } from './state.js';
import { languageName, t } from './words.js';

/** Canned replies of the conversation that is shown, their variables filled in; suggestions; agents to be mentioned. */
let canned = null;
let stale = false; // something changed since they were filled in

const forget = () => (canned = null);
on('open', forget);
on('detail', () => (stale = true));

export async function replies() {
	const one = conversation();
	if (!one) return [];
	if (stale) forget();
	stale = false;
	canned ??= api.get('/canned', { conversation: one.id, language: one.language }).then((found) => found.replies, () => (forget(), []));
	return canned;
}

const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

const spoken = () => (conversation()?.language ?? '').split('-')[0];

/** Every word of `typed` begins one of it; the shopper's language first, then what is in the title, then in a tag. */
function ranked(list, typed) {
	const wanted = words(typed);
	const begins = (text) => wanted.every((word) => ` ${text.toLowerCase()}`.includes(` ${word}`));
	const place = (one) => [one.title, `${one.title} ${(one.tags ?? []).join(' ')}`, `${one.title} ${(one.tags ?? []).join(' ')} ${one.text}`].findIndex(begins);
	const rank = (one) => (one.language === spoken() ? 0 : 10) + place(one);
	return list.filter((one) => place(one) >= 0).sort((one, other) => rank(one) - rank(other));
}

/** Here at once; the server also finds what was mistyped. */
async function search(typed) {
	const near = ranked(await replies(), typed);
	const own = near.filter((one) => one.language === spoken());
	if (!typed && own.length) return own;
	if (near.length || typed.length < 3) return near;
	const { id, language } = conversation();
	return api.get('/canned', { conversation: id, language, q: typed }).then((found) => found.replies, () => []);
}

/** After a `/` that begins a line (several words) or follows a blank (one word). */
export async function findCanned(before) {
	const typed = (before.match(/(?:^|\n)\/([^\n]*)$/) ?? before.match(/\s\/(\S*)$/))?.[1];
	if (typed === undefined) return null;
	const hits = (await search(typed)).map((one) => ({ ...one, title: one.language === spoken() ? one.title : `${one.title} (${languageName(one.language)})` }));
	return typed && !hits.length ? null : { typed: `/${typed}`, label: t('canned'), hits };
}

export async function findAgent(before) {
	const typed = before.match(/(?:^|\s)@([\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]*)?)$/u)?.[1];
	if (typed === undefined) return null;
	const hits = state.agents.filter(({ name, id }) => id !== state.me.id && name.toLowerCase().includes(typed.toLowerCase()));
	return hits.length ? { typed: `@${typed}`, label: t('agents'), hits: hits.map(({ name }) => ({ title: name, text: `@${name} ` })) } : null;
}

export const suggestions = (id) => api.get(of(id, 'suggestions')).catch(() => ({ reply: null, action: null }));

/** A variable that nothing filled: it must not reach a shopper. */
export const missing = (text) => text.match(/‹[^›]+›|\{[a-z_]+\}/);
