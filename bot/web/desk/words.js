/** Every text of the page: words/<language>.json. */
export const LANGUAGES = { en: 'English', id: 'Bahasa Indonesia', ms: 'Bahasa Melayu' };
const CHOSEN = 'ramah-desk:language';

let words = {};
let plain = {};
export let language = 'en';
export let locale = 'en'; // with the country, for times and numbers

const fetched = async (code) => (await fetch(new URL(`words/${code}.json`, import.meta.url))).json();

/** The language chosen here, else the browser's, else English. */
export async function loadWords() {
	const wishes = [localStorage.getItem(CHOSEN), ...navigator.languages.map((tag) => tag.split('-')[0])];
	language = wishes.find((code) => code in LANGUAGES) ?? 'en';
	[plain, words] = await Promise.all([fetched('en'), fetched(language)]);
	document.documentElement.lang = language;
	locale = navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

/** What is written and not sent is kept, so the page can begin anew. */
export function speak(code) {
	localStorage.setItem(CHOSEN, code);
	location.reload();
}

export const has = (key) => key in words || key in plain;

export const t = (key, values = {}) => (words[key] ?? plain[key] ?? key).replace(/{(\w+)}/g, (_, name) => values[name] ?? '');

/** A code of the server in words (`term('reason', 'upset')`); one nobody has put into words yet is still readable. */
export const term = (group, code) => (has(`${group}.${code}`) ? t(`${group}.${code}`) : `${code ?? ''}`.replaceAll('_', ' '));

/** The name of a language in the page's own. */
export function languageName(code) {
	if (!code) return '';
	try {
		return new Intl.DisplayNames([language], { type: 'language' }).of(code.split('-')[0]);
	} catch {
		return code; // not a language's code
	}
}

export const money = (value, currency) => {
	if (value === null || value === undefined) return '';
	const digits = value >= 1000 || Number.isInteger(value) ? 0 : 2;
	const cents = { minimumFractionDigits: digits, maximumFractionDigits: digits };
	if (!/^[A-Z]{3}$/.test(currency ?? '')) return value.toLocaleString(locale, cents);
	const shown = (currencyDisplay) => value.toLocaleString(locale, { style: 'currency', currency, currencyDisplay, ...cents });
	const short = shown('narrowSymbol');
	return short.includes('$') ? shown('symbol') : short; // whose dollars?
};
