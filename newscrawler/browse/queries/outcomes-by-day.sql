-- title: نتائج الزيارات لكل صحيفة في كل يوم
-- description: عدد العناوين بحسب اليوم (بالتوقيت العالمي) والصحيفة والنتيجة. since: أول يوم (YYYY-MM-DD)؛ إن تُرك فارغاً فآخر سبعة أيام من الجمع. site: معرّف صحيفة واحدة أو فارغ للجميع.
-- title_en: Outcomes by outlet and day
-- description_en: Number of addresses by day (UTC), outlet and outcome. since: first day (YYYY-MM-DD); empty: the last seven days of crawling. site: id of one outlet, or empty for all.
WITH bounds AS (
    SELECT coalesce(
        nullif(:since, ''), date((SELECT started_at FROM runs ORDER BY id DESC LIMIT 1), '-7 days')
    ) AS since
)
SELECT
    substr(o.at, 1, 10) AS day,
    s.id AS site,
    s.name AS outlet,
    o.outcome,
    outcome_meaning(o.outcome) AS meaning,
    count(*) AS addresses
FROM bounds
CROSS JOIN sites s
CROSS JOIN outcomes o
WHERE o.site = s.id
    AND o.at >= bounds.since
    AND (:site = '' OR s.id = :site)
GROUP BY day, s.id, o.outcome
ORDER BY day DESC, s.id, addresses DESC, o.outcome
