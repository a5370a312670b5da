package jme

// The words of the process. Stages group registers: the key stage of a schema is one of them.
// Steps are what residents are shown of a year: each has a page and a state, and the key stage
// of a clause in regulation.toml is one of them. These words stand in files that others keep,
// and those of steps in addresses, so they may not be changed.

// Stage is a part of the process that a register belongs to.
type Stage string

// The stages.
const (
	StageChoice    Stage = "choice"    // what is looked at this year: the step StepWhy
	StageSelection Stage = "selection" // who looks: StepContest or StepGroup
	StageFieldwork Stage = "fieldwork" // what was seen: StepFindings
	StageResults   Stage = "results"   // what is reported and advised: StepLetter
	StageResponse  Stage = "response"  // what came of it: StepAnswers
	StageReference Stage = "reference" // outside of the process: what its records refer to
	StageOwn       Stage = "own"       // a municipality's own registers, whatever their schemas say
)

// Stages lists those that a schema may name, in the order of the process.
var Stages = []Stage{StageChoice, StageSelection, StageFieldwork, StageResults, StageResponse, StageReference}

// StepName is the name of a step of a year.
type StepName string

// The steps. A municipality has StepContest or StepGroup, by its procedure.
const (
	StepWhy      StepName = "why"      // what was asked for, and what was chosen
	StepContest  StepName = "contest"  // which organisation monitors
	StepGroup    StepName = "group"    // which group of residents monitors
	StepFindings StepName = "findings" // what it found
	StepLetter   StepName = "letter"   // what residents were told
	StepAnswers  StepName = "answers"  // what was done about it
)

// StepNames lists all steps, in the order of the process.
var StepNames = []StepName{StepWhy, StepContest, StepGroup, StepFindings, StepLetter, StepAnswers}
