-- title: نصيب الوكالات من كل صحيفة
-- description: الوكالات التي نُسبت إليها مقالات كل صحيفة، ونسبتها المئوية من مقالاتها. since: أول يوم (YYYY-MM-DD)؛ إن تُرك فارغاً فآخر ثلاثين يوماً في الأرشيف. site: معرّف صحيفة واحدة أو فارغ للجميع. agency فارغ: لم تُذكر وكالة.
-- title_en: Agencies' share of each outlet
-- description_en: The agencies that each outlet's articles credit, and their percentage of its articles. since: first day (YYYY-MM-DD); empty: the last thirty days of the archive. site: id of one outlet, or empty for all. agency empty: none is credited.
WITH bounds AS (
    SELECT coalesce(nullif(:since, ''), date((SELECT max(published_at) FROM articles), '-30 days')) AS since
)
SELECT
    s.id AS site,
    s.name AS outlet,
    a.agency,
    count(*) AS articles,
    round(100.0 * count(*) / sum(count(*)) OVER (PARTITION BY s.id), 1) AS percent
FROM bounds
CROSS JOIN sites s
CROSS JOIN articles a
WHERE a.site = s.id
    AND (:site = '' OR s.id = :site)
    AND a.published_at >= bounds.since
GROUP BY s.id, a.agency
ORDER BY s.id, articles DESC, a.agency
