// The worker of a town's pages. After one visit to the town's front page it has the town's main pages, and
// then keeps each page that is looked at, with its pictures, so that they open without network. With network
// everything comes from the site; what is kept takes its place only when the site does not answer. A page says
// on which day it was made. The program writes the constants kept (the name of the cache), parts (the main pages) and
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
  if (e.request.mode === "navigate" || e.request.destination === "image") e.respondWith(answer(e.request));
});

async function answer(request) {
  const cache = await caches.open(kept);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch {
    return await cache.match(request, {ignoreSearch: true}) || (request.destination === "image" ? Response.error() :
      new Response(absent, {status: 503, headers: {"Content-Type": "text/html; charset=utf-8"}}));
  }
}
