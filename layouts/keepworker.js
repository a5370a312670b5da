// The worker of a town's pages. After one visit to the town's front page it has the town's main pages, and
// then keeps each page that is looked at, so that they open without network. With network every page comes
// from the site; a kept page takes its place only when the site does not answer. A page says on which day
// it was made. The program writes the constants kept (the name of the cache), parts (the main pages) and
// absent (the page for what is not kept) above this text.
"use strict";
const family = kept.replace(/[^-]*$/, ""); // the caches of these pages, of whatever build

addEventListener("install", e => e.waitUntil((async () => {
  await (await caches.open(kept)).addAll(parts);
  await skipWaiting();
})()));

addEventListener("activate", e => e.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(family) && name !== kept) await caches.delete(name);
  }
  await clients.claim();
})()));

addEventListener("fetch", e => {
  if (e.request.mode === "navigate") e.respondWith(page(e.request));
});

async function page(request) {
  const cache = await caches.open(kept);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch {
    return await cache.match(request, {ignoreSearch: true}) ||
      new Response(absent, {status: 503, headers: {"Content-Type": "text/html; charset=utf-8"}});
  }
}
