package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "0e320b195ed98c392e7c4c971a477cb013a0f7632adcaa1e1302eea9ed27b8ae"
