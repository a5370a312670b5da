package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "bffc3244e68ad86e63e745a9c21a49b0b1812adda2cff18e23e3b20974aeb9a0"
