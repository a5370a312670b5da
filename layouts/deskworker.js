// The worker of the page of the desk. It keeps the page and what the page loads, so that clerks can use the
// desk without network after one visit. With network, everything comes from the site; what is kept is
// of one build of the site and is replaced as a whole. The program writes the constants kept (the name of the
// cache, which ends with a checksum) and parts (the addresses) above this text.
"use strict";
const family = kept.replace(/[^-]*$/, ""); // the caches of this page, of whatever build

addEventListener("install", e => e.waitUntil((async () => {
  await (await caches.open(kept)).addAll(parts); // all of them or none
  await skipWaiting();
})()));

addEventListener("activate", e => e.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith(family) && name !== kept) await caches.delete(name);
  }
  await clients.claim();
})()));

addEventListener("fetch", e => e.respondWith(fetch(e.request).catch(async () => {
  const cache = await caches.open(kept);
  return await cache.match(e.request, {ignoreSearch: true}) || Response.error();
})));
