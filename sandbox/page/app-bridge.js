// Stands in for Shopify's App Bridge inside the app's frame: session tokens, toasts, navigation, bars and modals.
(() => {
  const plainFetch = window.fetch.bind(window);
  const { apiKey } = document.currentScript?.dataset ?? {};
  const here = new URL(location.href);
  const tell = (what, more) => {
    if (window.parent !== window) window.parent.postMessage({ sandbox: what, ...more }, location.origin);
  };

  async function idToken() {
    const answer = await plainFetch("/sandbox/token", { cache: "no-store" });
    if (!answer.ok) throw new Error(`the sandbox gave no session token: ${answer.status}`);
    return await answer.text();
  }

  // Every request to the app carries a fresh token, and is sent once more where the app says that it was not valid.
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin) return plainFetch(request);
    if (!request.headers.has("authorization")) request.headers.set("authorization", `Bearer ${await idToken()}`);
    const again = request.clone();
    const answer = await plainFetch(request);
    if (!answer.headers.has("x-shopify-retry-invalid-session-request")) return answer;
    again.headers.set("authorization", `Bearer ${await idToken()}`);
    return plainFetch(again);
  };

  function toast(message, { isError = false, duration = 4000, onDismiss } = {}) {
    const note = document.createElement("div");
    note.textContent = message;
    note.setAttribute("role", isError ? "alert" : "status");
    note.dataset.toast = "";
    Object.assign(note.style, {
      position: "fixed",
      left: "50%",
      bottom: "24px",
      transform: "translateX(-50%)",
      maxWidth: "calc(100vw - 32px)",
      padding: "10px 16px",
      borderRadius: "10px",
      color: "#fff",
      background: isError ? "#8e0b21" : "#303030",
      font: "550 13px/1.4 system-ui, sans-serif",
      boxShadow: "0 6px 20px rgb(0 0 0 / 25%)",
      zIndex: "1000",
    });
    document.body.append(note);
    const id = String(++lastToast);
    const hide = () => {
      if (!toasts.delete(id)) return;
      note.remove();
      onDismiss?.();
    };
    toasts.set(id, hide);
    setTimeout(hide, duration);
    return id;
  }
  const toasts = new Map();
  let lastToast = 0;

  const show = (id, visible) => {
    const element = document.getElementById(id);
    if (!element) return;
    element.style.display = visible ? "block" : "none";
    element.dispatchEvent(new Event(visible ? "show" : "hide"));
  };
  const shown = { show: async (id) => show(id, true), hide: async (id) => show(id, false) };

  window.shopify = {
    config: {
      apiKey,
      shop: "sandbox-shop.myshopify.com",
      locale: here.searchParams.get("locale") ?? "en",
      host: here.searchParams.get("host") ?? "",
    },
    // As Shopify tells of the published theme; "sandbox-embed" in the browser's storage switches the embed off.
    app: {
      extensions: async () => {
        const on = localStorage.getItem("sandbox-embed") !== "off";
        const block = { handle: "attribution", name: "Switchyard attribution", target: "body" };
        const placed = on ? [{ target: "body", themeId: "gid://shopify/OnlineStoreTheme/1" }] : [];
        const activations = [{ ...block, status: on ? "active" : "available", activations: placed }];
        return [{ handle: "switchyard-attribution", type: "theme_app_extension", activations }];
      },
    },
    environment: { embedded: window.parent !== window, mobile: false, intent: false },
    ready: Promise.resolve(),
    idToken,
    toast: { show: toast, hide: (id) => toasts.get(id)?.() },
    loading: (on) => tell("loading", { on: on !== false }),
    modal: shown,
    saveBar: { ...shown, leaveConfirmation: async () => {} },
  };

  // The page's title is that of the admin's tab.
  const tellTitle = () => tell("title", { title: document.title });
  addEventListener("DOMContentLoaded", () => {
    tellTitle();
    new MutationObserver(tellTitle).observe(document.head, { childList: true, subtree: true, characterData: true });
  });

  // The elements that App Bridge lifts out of the page.
  class Lifted extends HTMLElement {
    connectedCallback() {
      this.style.display = "none";
    }
  }
  class NavMenu extends Lifted {
    connectedCallback() {
      super.connectedCallback();
      this.watcher = new MutationObserver(() => this.report());
      this.watcher.observe(this, { childList: true, subtree: true, characterData: true });
      this.report();
    }
    disconnectedCallback() {
      this.watcher?.disconnect();
    }
    report() {
      const links = [...this.querySelectorAll("a")].map((link) => ({
        label: link.textContent.trim(),
        href: link.getAttribute("href"),
      }));
      tell("nav", { links });
    }
  }
  // What the admin writes on its bar, in its own language.
  const UNSAVED = {
    en: "Unsaved changes",
    de: "Nicht gespeicherte Änderungen",
    sv: "Ändringar som inte är sparade",
    fr: "Modifications non enregistrées",
    "pt-BR": "Alterações não salvas",
  };
  class Bar extends HTMLElement {
    connectedCallback() {
      this.style.display ||= "none";
      if (this.shadowRoot) return;
      const shadow = this.attachShadow({ mode: "open" });
      const words = UNSAVED[window.shopify.config.locale] ?? UNSAVED.en;
      shadow.innerHTML = `
        <style>
          section { position: fixed; inset: 0 0 auto 0; z-index: 900; display: flex; align-items: center; gap: 8px;
            padding: 8px 16px; background: #1a1a1a; color: #fff; font: 550 13px/1.4 system-ui, sans-serif }
          p { flex: 1; margin: 0 }
          ::slotted(button) { padding: 6px 12px; border: 0; border-radius: 8px; background: #4a4a4a; color: #fff;
            font: inherit; cursor: pointer }
          ::slotted(button[variant="primary"]) { background: #fff; color: #1a1a1a; order: 1 }
          ::slotted(button:disabled) { cursor: default; opacity: .6 }
        </style>
        <section><p></p><slot></slot></section>`;
      shadow.querySelector("section").setAttribute("aria-label", words);
      shadow.querySelector("p").textContent = words;
    }
    show() {
      show(this.id, true);
    }
    hide() {
      show(this.id, false);
    }
  }
  const elements = {
    "ui-nav-menu": NavMenu,
    "ui-title-bar": class extends Lifted {},
    "ui-modal": class extends Lifted {},
    "ui-save-bar": Bar,
  };
  for (const [name, element] of Object.entries(elements)) customElements.define(name, element);

  // Where the app is, for the page around it; and where that page wants it to go.
  const report = () => {
    const url = new URL(location.href);
    for (const name of ["shop", "host", "embedded", "id_token", "hmac", "timestamp", "locale", "session"]) {
      url.searchParams.delete(name);
    }
    tell("place", { path: url.pathname + url.search });
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name].bind(history);
    history[name] = (...given) => {
      original(...given);
      report();
    };
  }
  addEventListener("popstate", report);
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== location.origin || source !== window.parent || data?.sandbox !== "go") return;
    const links = [...document.querySelectorAll("ui-nav-menu a")];
    const link = links.find((one) => one.getAttribute("href") === data.href);
    if (link) link.click();
  });

  // The app has no token yet and asks for one: fetch it, and open the page that was wanted.
  const wanted = here.searchParams.get("shopify-reload");
  if (!wanted) return report();
  idToken().then((token) => {
    const { pathname, search } = new URL(wanted, location.href);
    const url = new URL(pathname + search, location.origin);
    url.searchParams.set("id_token", token);
    location.replace(url);
  });
})();
