-- title: الكتّاب
-- description: من كتب أكثر من غيره في كل صحيفة، كما طُبعت الأسماء. since: أول يوم (YYYY-MM-DD)؛ إن تُرك فارغاً فآخر ثلاثين يوماً في الأرشيف. site: معرّف صحيفة واحدة أو فارغ للجميع. لا يُعرض أكثر من 1000 اسم.
-- title_en: Authors
-- description_en: Who wrote most in each outlet, with names as they were printed. since: first day (YYYY-MM-DD); empty: the last thirty days of the archive. site: id of one outlet, or empty for all. At most 1000 names.
WITH bounds AS (
    SELECT coalesce(nullif(:since, ''), date((SELECT max(published_at) FROM articles), '-30 days')) AS since
)
SELECT
    author.value AS author,
    s.id AS site,
    s.name AS outlet,
    count(*) AS articles,
    min(a.published_at) AS first_published_at,
    max(a.published_at) AS last_published_at
FROM bounds
CROSS JOIN sites s
CROSS JOIN articles a
CROSS JOIN json_each(a.authors) author
WHERE a.site = s.id
    AND (:site = '' OR s.id = :site)
    AND a.published_at >= bounds.since
GROUP BY s.id, author.value
ORDER BY articles DESC, author, s.id
LIMIT 1000
