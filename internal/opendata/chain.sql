-- A row for each finding, with the service, provider and requirement it is about and with each
-- recommendation, measure and verification that came of it. A register that is not published has no columns.
create view "_chain" as
select
  a.year, a.mode,
  s.id as service, {{.Text "s.name" "service"}},
  p.id as provider, {{.Text "p.name" "provider"}},
  a.id as assessment,
  r.id as requirement, {{.Text "r.requirement" "requirement"}},
  f.id as finding, f.verdict, {{.Text "f.finding" "finding"}}
{{- if .Keeps "recommendations"}},
  c.id as recommendation, c.addressee, c.due as recommendation_due, {{.Text "c.recommendation" "recommendation"}}
{{- end}}
{{- if .Keeps "measures"}},
  m.id as measure, m.status as measure_status, m.due as measure_due, m.done as measure_done, {{.Text "m.title" "measure"}}
{{- end}}
{{- if .Keeps "verifications"}},
  v.id as verification, v.date as verified, v.result as verification_result
{{- end}}
from findings f
join assessments a on a.id = f.assessment
join requirements r on r.id = f.requirement
left join services s on s.id = coalesce(a.service, r.service)
left join providers p on p.id = a.provider
{{- if .Keeps "recommendations"}}
left join recommendations c on c.finding = f.id
{{- end}}
{{- if .Keeps "measures"}}
left join measures m on m.recommendation = c.id
{{- end}}
{{- if .Keeps "verifications"}}
left join verifications v on v.measure = m.id
{{- end}}
