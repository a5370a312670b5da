// Package regulation executes a regulation: for every clause with a rule and every year, it
// finds whether the clause was kept, which records show it and how the days were counted.
//
// A [Rule] is a value: the registers it reads, the parameters it can be given, the assumptions it
// rests on, the statements it can make, and a function that looks at one year. The rules are in
// package rules, above this one. Which of them serve which clause, and with which numbers, stands
// in the municipality's regulation.toml. A municipality with another regulation needs another file
// and the same program.
//
// [Rules.Evaluate] applies the rules that the clauses of a municipality ask for to each year and
// returns their outcomes. [Rules.Validate] checks that a regulation asks only for what the rules
// know. Two rooms below know no rules: clock counts the days of terms, scores counts the totals of
// a contest. Package judgement makes of the outcomes what is published.
//
// An [Outcome] has one of seven kinds. A rule never takes silence for compliance: where the
// records do not say, the outcome is [Unknown]; where a last day has passed and nothing is
// recorded, it is [Overdue]. Each is judged by the text that was in force on the day on which its
// duty began (package wording). Rules get the registers as they were on the day of the judgement, so
// that a record of something later cannot count.
//
// The order of the rows in a register has no influence. Outcomes are ordered by clause, year
// and the id of their subject.
//
// What an outcome says is a [Statement] of its rule: the message "regulation.<rule>.<key>" of
// package locale, with the arguments the rule found.
package regulation
