-- title: من ينشر نصوص من
-- description: كم مرة ظهر نص نشرته صحيفة أولاً (first) في صحيفة أخرى (then)، نسخة قريبة أو النص نفسه، وكم منها نُسب إلى وكالة (credited). since: أول يوم لنشر الأصل (YYYY-MM-DD)؛ إن تُرك فارغاً فآخر ثلاثين يوماً في الأرشيف.
-- title_en: Who prints whose text
-- description_en: How often a text that one outlet published first (first) appeared in another one (then), as a near copy or with the same words, and how many of these credit an agency (credited). since: first day of the original's publication (YYYY-MM-DD); empty: the last thirty days of the archive.
WITH bounds AS (
    SELECT coalesce(nullif(:since, ''), date((SELECT max(published_at) FROM articles), '-30 days')) AS since
),
prints AS (
    SELECT o.site AS first, a.site AS then_site, 1 AS near_copies, 0 AS copies, a.agency
    FROM bounds CROSS JOIN articles o CROSS JOIN articles a
    WHERE o.published_at >= bounds.since AND a.original_id = o.id
    UNION ALL
    SELECT o.site, c.site, 0, 1, c.agency
    FROM bounds CROSS JOIN articles o CROSS JOIN copies c
    WHERE o.published_at >= bounds.since AND c.article_id = o.id
)
SELECT
    first,
    then_site AS "then",
    sum(near_copies) AS near_copies,
    sum(copies) AS copies,
    count(agency) AS credited
FROM prints
WHERE first <> then_site
GROUP BY first, then_site
ORDER BY sum(near_copies) + sum(copies) DESC, first, then_site
LIMIT 500
