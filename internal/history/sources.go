package history

// Sources tells the code by which histories are read from other code: a hash of its
// files, which TestSources computes anew and refuses to differ. A cache made by a released
// program is good for every other release with the same Sources; without it, each commit
// to a repository that holds both data and program would throw the cache away.
const Sources = "4fc283aa0ed42508f8e03a5019f2a3934b60c46bdb5b3b165d4ec3553c94ca4f"
