import { keysOf, run, shown as keysShown } from './actions.js';
import { button, el, icon, pill } from './dom.js';
import { drawer, keyed, rowsOf, told } from './panel_parts.js';
import { can } from './state.js';
import { clock, full, when } from './time.js';
import { languageName, t } from './words.js';

const STARS = 5;

/** Which address there is, and what it is worth. */
function email({ email: signed, contact_email: left, verified_email: verified }) {
	if (signed) return [signed, ' ', pill('', icon('check'), t('shopper.verified'))];
	if (verified) return [pill('', icon('check'), t('shopper.verified.order'))];
	if (left) return [pill('warn', icon('alert'), t('shopper.not_verified'))];
	return t('shopper.no_email');
}

function rating({ score, comment, asked_at: asked, answered_at: answered }) {
	if (!score) return told('calm', t('satisfaction.asked', { when: when(asked) }));
	return el('div', el('p', el('span.stars', { ariaHidden: 'true' }, '★'.repeat(score) + '☆'.repeat(STARS - score)), ' ', t('overview.stars', { n: score }), ' ', el('time', { dateTime: answered, title: full(answered) }, when(answered))), comment && el('blockquote', comment));
}

function transcript({ verified_email: verified }) {
	if (!can('answer')) return null;
	if (!verified) return el('p.help', t('transcript.not_verified'));
	const keys = keysOf('transcript');
	return button('', () => run('transcript'), { ...keyed('transcript'), 'aria-keyshortcuts': keys }, icon('send'), t('action.transcript'), el('kbd', { ariaHidden: 'true' }, keysShown(keys)));
}

export const section = {
	key: 'shopper',
	title_key: 'panel.shopper',
	mount(node, { api, path, detail, mine, on, dialogs, toast, gone }) {
		/** A guest who has proved an order that is a customer's may be noted as that customer. */
		const mergeable = ({ kind, proved_orders: proved = [], known_customer_id: known }) => kind === 'guest' && proved.length > 0 && !known && (mine() || can('supervise'));

		async function merge() {
			const { shopper } = detail();
			if (!mergeable(shopper)) return toast(t('merge.not_proved'), 'bad');
			const send = async () => {
				try {
					detail().shopper = (await api.post(path('merge'))).shopper;
				} catch (refusal) {
					if (refusal.code === 'not_verified') refusal.message = t('merge.not_proved');
					throw refusal;
				}
			};
			const what = el('ul.bullets', ['history', 'orders', 'log'].map((one) => el('li', t(`merge.what.${one}`))));
			const done = await dialogs.ask(t('merge.title'), [], send, { submit: t('merge.go'), more: [el('p', { autofocus: true, tabIndex: -1 }, t('merge.what')), what] });
			if (!done || gone()) return undefined;
			show();
			return toast(t('merge.done'));
		}

		function draw() {
			const { shopper, satisfaction } = detail();
			if (!shopper) return el('p.empty', t('list.loading'));
			const personal = 'verified_email' in shopper;
			const rows = rowsOf([
				[t('shopper.name'), shopper.name],
				[t('shopper.email'), personal && el('span', email(shopper))],
				[t('shopper.contact'), shopper.contact_email],
				[t('shopper.customer_id'), shopper.customer_id ?? shopper.known_customer_id],
				[t('language'), languageName(shopper.locale)],
				[t('shopper.time'), shopper.time_zone && `${clock(new Date(), shopper.time_zone)} (${shopper.time_zone})`],
			]);
			const marks = [pill('quiet', t(`shopper.${shopper.kind}`)), shopper.known_customer_id && pill('', icon('check'), t('shopper.known'))];
			const merging = personal && mergeable(shopper) && el('div.box', el('p.help', t('merge.hint')), button('', merge, keyed('merge'), icon('people'), t('merge.button'), el('kbd', { ariaHidden: 'true' }, keysShown(keysOf('panel_merge')))));
			return [el('p.pills', marks), rows, satisfaction && el('h3', t('satisfaction')), satisfaction && rating(satisfaction), merging, personal && el('div.panel-foot', transcript(shopper))];
		}

		const show = drawer(node, () => [detail().shopper, detail().satisfaction, mine(), Math.floor(Date.now() / 60_000)], draw);
		on('detail', () => show());
		on('summary', () => show());
		on('panel_merge', merge);
		show();
	},
};
