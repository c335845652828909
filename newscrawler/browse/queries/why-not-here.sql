-- title: لماذا لا أجد هذه الصفحة في الأرشيف؟
-- description: كل ما يعرفه الأرشيف عن عنوان واحد. url: العنوان كما في المتصفح؛ تُزال منه معلمات التتبّع. إن لم تظهر نتيجة فالعنوان لم يُكتشف قط، أو هو قديم لم يعطِ مقالاً فحُذفت تفاصيله: تعرفه صفحة /-/why.
-- title_en: Why isn't my page in the archive?
-- description_en: Everything the archive knows of one address. url: the address as in the browser; tracking parameters are removed. No row: it was never discovered, or is old, gave no article and had its details removed; the page /-/why knows that, and tells the rest as a story.
WITH asked AS (SELECT canonical_url(trim(:url)) AS url),
spelling AS (SELECT url FROM asked UNION SELECT trim(:url))
SELECT 'مقال محفوظ' AS what, a.id AS article_id, a.title, a.state AS detail, a.last_seen_at AS at, a.url
FROM spelling CROSS JOIN articles a WHERE a.url = spelling.url
UNION ALL
SELECT 'نسخة من مقال محفوظ', c.article_id, c.title, NULL, c.seen_at, c.url
FROM spelling CROSS JOIN copies c WHERE c.url = spelling.url
UNION ALL
SELECT 'حُذف بطلب', NULL, NULL, t.reason, t.at, t.url
FROM spelling CROSS JOIN takedowns t WHERE t.url = spelling.url
UNION ALL
SELECT
    CASE WHEN f.outcome IS NULL THEN 'مكتشف ولم يُزر بعد' ELSE 'آخر زيارة: ' || outcome_meaning(f.outcome) END,
    f.article_id, f.title,
    CASE WHEN f.due_at IS NULL THEN coalesce(f.detail, '')
         ELSE trim(coalesce(f.detail, '') || ' · الزيارة التالية: ' || f.due_at, ' ·') END,
    coalesce(f.ended_at, f.discovered_at), f.url
FROM spelling CROSS JOIN frontier f WHERE f.url = spelling.url
UNION ALL
SELECT 'الجولة ' || o.run_id || ': ' || outcome_meaning(o.outcome), o.article_id, NULL, o.detail, o.at, o.url
FROM spelling CROSS JOIN outcomes o WHERE o.url = spelling.url
ORDER BY at DESC
LIMIT 200
