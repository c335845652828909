-- title: المقالات في كل يوم لكل صحيفة
-- description: عدد المقالات بحسب يوم النشر في توقيت الصحيفة. since: أول يوم (YYYY-MM-DD)؛ إن تُرك فارغاً فآخر ثلاثين يوماً في الأرشيف. site: معرّف صحيفة واحدة أو فارغ للجميع.
-- title_en: Articles per day by outlet
-- description_en: Number of articles by day of publication in the outlet's time zone. since: first day (YYYY-MM-DD); empty: the last thirty days of the archive. site: id of one outlet, or empty for all.
WITH bounds AS (
    SELECT coalesce(nullif(:since, ''), date((SELECT max(published_at) FROM articles), '-30 days')) AS since
)
SELECT
    newsroom_day(a.published_at, s.timezone) AS day,
    s.id AS site,
    s.name AS outlet,
    count(*) AS articles,
    count(*) FILTER (WHERE a.id IN (SELECT id FROM articles WHERE original_id IS NOT NULL)) AS near_copies
FROM bounds
CROSS JOIN sites s
CROSS JOIN articles a
WHERE a.site = s.id
    AND (:site = '' OR s.id = :site)
    AND a.published_at >= date(bounds.since, '-1 day')
    AND newsroom_day(a.published_at, s.timezone) >= bounds.since
GROUP BY day, s.id
ORDER BY day DESC, articles DESC, s.id
