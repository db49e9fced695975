import { composer } from './composer.js';
import { conversationOn } from './conversation.js';
import { button, el, icon, loadWords, t } from './dom.js';
import { logOf, nameOf } from './log.js';

const small = matchMedia('(max-width: 640px)');

/** The button in the corner and the chat it opens: beside the shop, or over the whole of a small screen. */
function panelOf(conversation, heading, locale, server) {
  const { documentElement: page, title } = document;
  const { node: write, input, pick } = composer(conversation);
  const log = logOf(conversation, { locale, server, pickPhoto: pick });
  const badge = el('span.badge');
  const launcher = button('launcher', open, icon('chat'), badge);
  const owner = el('p.owner');
  const strip = el('p.strip', { role: 'status' });
  const typing = el('p.typing', { role: 'status' });
  const close = () => {
    dialog.close();
    launcher.focus();
  };
  const closer = button('round', close, icon('close'), { 'aria-label': t('close') });
  const head = el('header', el('div.grow', el('h2', { id: 'title' }, heading ?? t('heading')), owner), closer);
  const dialog = el('dialog', { 'aria-labelledby': 'title' }, head, strip, log.list, typing, write);

  function open(focus) {
    if (!dialog.open) dialog[small.matches ? 'showModal' : 'show']();
    fit();
    update();
    log.toEnd();
    if (focus) input.focus();
  }

  /** A phone's keyboard covers the page without making it smaller: the visible part is what counts. */
  function fit() {
    const full = small.matches && dialog.open;
    const { height, offsetTop } = visualViewport;
    Object.assign(dialog.style, full ? { height: `${height}px`, top: `${offsetTop}px` } : { height: '', top: '' });
    page.style.overflow = full ? 'hidden' : '';
  }

  function update() {
    if (dialog.open && !document.hidden && conversation.unread) conversation.seen();
    log.update();
    const { owner: by, live, unread: n, begun, typing: who, keep } = conversation;
    badge.textContent = n || '';
    launcher.setAttribute('aria-label', n ? t('unread', { n }) : t('launcher'));
    launcher.setAttribute('aria-expanded', dialog.open);
    owner.textContent = t(`owner.${by.kind}`, { name: by.name ?? t('agent') });
    strip.textContent = live || !begun ? '' : t('offline');
    if (!who !== !typing.firstChild) typing.replaceChildren(...(who ? [t('typing', { name: nameOf(who) }), el('i'), el('i'), el('i')] : []));
    document.title = (n ? `(${n}) ` : '') + title;
    if (begun && dialog.open) keep.set('open', 1);
  }

  dialog.onkeydown = (event) => event.key === 'Escape' && close(event.preventDefault());
  dialog.onclose = () => {
    conversation.keep.set('open');
    fit();
    update();
  };
  small.onchange = () => dialog.open && open(dialog.close());
  visualViewport.onresize = visualViewport.onscroll = fit;
  document.addEventListener('visibilitychange', update);
  return { launcher, dialog, open, close, update, ended: log.clear };
}

/** How a shop uses it: docs/widget.md. */
class RamahChat extends HTMLElement {
  customerToken; // the shop's signed token, or a function that gives one; never an attribute
  #ready;

  connectedCallback() {
    this.#ready ??= this.#start();
  }

  async open() {
    (await this.#ready).open(true);
  }

  async close() {
    (await this.#ready).close();
  }

  /** Opens the chat and says `text` for the shopper, who pressed something on the shop's page. */
  async ask(text) {
    await this.open();
    this.conversation.outbox.add({ text });
  }

  /** At log-in and log-out: the next shopper must not see this one's conversation. */
  async forget() {
    await this.#ready;
    this.conversation.forget();
  }

  async #start() {
    const root = this.attachShadow({ mode: 'open' });
    const server = new URL(this.getAttribute('server') ?? '/', import.meta.url).href.replace(/\/$/, '');
    const locale = this.getAttribute('locale') ?? (document.documentElement.lang || navigator.language);
    const style = el('link', { rel: 'stylesheet', href: new URL('ramah.css', import.meta.url) });
    const styled = new Promise((done) => {
      style.onload = style.onerror = done;
    });
    root.append(style);
    const lang = await loadWords(locale);
    await styled;
    let panel;
    this.conversation = conversationOn(server, {
      changed: () => panel.update(),
      ended: (expired) => panel.ended(expired),
      begin: (post) => this.#begin(post, locale),
    });
    panel = panelOf(this.conversation, this.getAttribute('heading'), locale, server);
    root.append(el('div.root', { lang }, panel.launcher, panel.dialog));
    this.conversation.start();
    if (this.conversation.begun && this.conversation.keep.get('open')) panel.open();
    return panel;
  }

  async #begin(post, locale) {
    const { customerToken: given } = this;
    const customer_token = typeof given === 'function' ? await given() : given;
    try {
      return await post({ locale, customer_token });
    } catch (error) {
      if (!customer_token || error.status !== 401) throw error;
      console.warn(error); // the shop's token was refused: on as a guest
      return post({ locale });
    }
  }
}

customElements.define('ramah-chat', RamahChat);
