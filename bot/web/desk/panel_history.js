import { el, pill } from './dom.js';
import { failed, keepFocus, keyed, loading, whenOpen } from './panel_parts.js';
import { ownerOf } from './row.js';
import { learn } from './state.js';
import { full, when } from './time.js';
import { t, term } from './words.js';

const time = (at) => el('time', { dateTime: at, title: full(at) }, when(at));

/** Another conversation of the same shopper: pressed, it opens. */
function conversation(one) {
	const at = one.last_message_at ?? one.created_at;
	const about = [one.order && t('order', one.order), one.reason && term('reason', one.reason), one.job && term('job', one.job)].filter(Boolean).join(' · ');
	const link = el('a.past', { ...keyed(one.id), href: `#/all/${encodeURIComponent(one.id)}` }, el('span.past-head', el('b', about || t('history.one')), time(at)), el('span.row-last', one.last_message?.text || t('photo')));
	return el('li', link, el('p.pills', pill('quiet', t(`status.${one.status}`)), pill('quiet', ownerOf(one))));
}

function handoff({ at, reason, form }) {
	const where = form?.name && t('history.stood', { form: term('job', form.name.replace(/_form$/, '')), asks: form.asks ? term('slot', form.asks) : '–' });
	return el('li.handed', el('p', el('b', term('reason', reason)), ' ', time(at)), where && el('p.small.muted', where));
}

export const section = {
	key: 'history',
	title_key: 'panel.history',
	may: 'personal',
	open: false,
	mount(node, { api, path, on, gone, detail }) {
		const past = el('div', loading());
		const handed = el('div');
		node.append(el('h3', t('history.title')), past, el('h3', t('history.handoffs')), handed);

		function drawHanded() {
			const all = [...(detail().handoffs ?? [])].reverse();
			handed.replaceChildren(all.length ? el('ul.plain', all.map(handoff)) : el('p.help', t('history.no_handoffs')));
		}

		async function load() {
			let parts;
			try {
				const { conversations } = await api.get(path('history'));
				conversations.forEach(learn);
				parts = conversations.length ? el('ul.plain', conversations.map(conversation)) : el('p.help', t('history.none'));
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				parts = failed(refusal.message, load);
			}
			if (!gone()) keepFocus(past, () => past.replaceChildren(parts));
		}

		let known = '';
		const same = () => JSON.stringify([detail().shopper.known_customer_id, detail().handoffs?.length]);
		whenOpen(node, () => {
			known = same();
			drawHanded();
			load();
			on('detail', () => {
				drawHanded();
				if (same() === known) return;
				known = same();
				load();
			});
		});
	},
};
