package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "d1917ea72cdc3d5b5630d78caa1401e495a5eaceb7a5dd8eb19fd729df0e6471"
