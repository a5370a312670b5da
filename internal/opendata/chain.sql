-- A row for each finding, with the service, provider and requirement it is about and with each
-- recommendation, measure and verification that came of it.
create view "_chain" as
select
  a.year, a.mode,
  s.id as service, s.name_ky as service_ky, s.name_ru as service_ru, s.name_en as service_en,
  p.id as provider, p.name_ky as provider_ky, p.name_ru as provider_ru, p.name_en as provider_en,
  a.id as assessment,
  r.id as requirement, r.requirement_ky, r.requirement_ru, r.requirement_en,
  f.id as finding, f.verdict, f.finding_ky, f.finding_ru, f.finding_en,
  c.id as recommendation, c.addressee, c.due as recommendation_due, c.recommendation_ky, c.recommendation_ru, c.recommendation_en,
  m.id as measure, m.status as measure_status, m.due as measure_due, m.done as measure_done,
  m.title_ky as measure_ky, m.title_ru as measure_ru, m.title_en as measure_en,
  v.id as verification, v.date as verified, v.result as verification_result
from findings f
join assessments a on a.id = f.assessment
join requirements r on r.id = f.requirement
left join services s on s.id = coalesce(a.service, r.service)
left join providers p on p.id = a.provider
left join recommendations c on c.finding = f.id
left join measures m on m.recommendation = c.id
left join verifications v on v.measure = m.id
