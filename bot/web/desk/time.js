import { locale, t } from './words.js';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** Seconds from `at` (ISO 8601) until now; negative: it is still to come. */
export const since = (at) => (Date.now() - new Date(at)) / 1000;

/** A length of time as people say it: 40 s, 5 min, 1 h 20 min, 3 d. */
export function span(seconds) {
	const all = Math.abs(seconds);
	if (all < MINUTE) return t('time.seconds', { n: Math.floor(all) });
	if (all < HOUR) return t('time.minutes', { n: Math.floor(all / MINUTE) });
	const [hours, minutes] = [Math.floor(all / HOUR), Math.floor((all % HOUR) / MINUTE)];
	if (all < DAY) return minutes && hours < 10 ? t('time.hours.minutes', { h: hours, n: minutes }) : t('time.hours', { h: hours });
	return t('time.days', { n: Math.floor(all / DAY) });
}

/** For rows that tick once a few seconds: no seconds. */
export const coarse = (seconds) => (Math.abs(seconds) < MINUTE ? t('time.under') : span(seconds));

export const clock = (at, timeZone) => new Date(at).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit', timeZone });

export function day(at) {
	const date = new Date(at);
	const today = new Date();
	const yesterday = new Date(today);
	yesterday.setDate(today.getDate() - 1);
	if (date.toDateString() === today.toDateString()) return t('time.today');
	if (date.toDateString() === yesterday.toDateString()) return t('time.yesterday');
	const year = date.getFullYear() !== today.getFullYear() && { year: 'numeric' };
	return date.toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short', ...year });
}

/** The shortest that is clear: the clock today, the day before. */
export const when = (at) => (day(at) === t('time.today') ? clock(at) : `${day(at)}, ${clock(at)}`);

export const full = (at) => new Date(at).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'medium' });

/** What an `<input type="datetime-local">` takes. */
export function local(date) {
	const shifted = new Date(date - date.getTimezoneOffset() * MINUTE * 1000);
	return shifted.toISOString().slice(0, 16);
}

/** What one may snooze until: hours from now, and mornings. */
export function moments() {
	const now = new Date();
	const morning = (days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
	return {
		hour: new Date(now.getTime() + HOUR * 1000),
		hours: new Date(now.getTime() + 3 * HOUR * 1000),
		tomorrow: morning(1),
		monday: morning((8 - now.getDay()) % 7 || 7),
	};
}
