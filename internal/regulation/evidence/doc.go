// Package evidence finds the record by which a duty was done: the report that closes an assessment,
// the letter that asks a provider for assistance, the first publication on a channel, the first
// discussion of a report. Package rules judges what it finds.
//
// Where several records could be meant, the one that fits the order of the process comes first. One
// that comes too early is found only if there is no other, so that a rule can say what contradicts
// what. Functions that take an outcome note what they find as its evidence; none of them settles it.
package evidence
