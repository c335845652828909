-- title: عناوين تغيّرت بعد النشر
-- description: تغييرات العناوين بين أحدث 5000 تعديل. title_before العنوان السابق، title العنوان الذي تلاه، seen_before وقت رؤية السابق أول مرة، replaced_at وقت رؤية التالي أول مرة.
-- title_en: Headlines that changed after publication
-- description_en: Changes of headlines among the newest 5000 edits. title_before is the former headline, title the one that followed, seen_before when the former was first seen, replaced_at when the following was.
SELECT
    r.article_id,
    coalesce(r.next_title, a.title) AS title,
    r.title AS title_before,
    s.name AS outlet,
    a.published_at,
    r.seen_at AS seen_before,
    r.replaced_at,
    r.kind,
    r.words_changed
FROM (
    SELECT older.*, (
        SELECT newer.title FROM revisions AS newer
        WHERE newer.article_id = older.article_id AND newer.id > older.id ORDER BY newer.id LIMIT 1
    ) AS next_title
    FROM (SELECT * FROM revisions ORDER BY id DESC LIMIT 5000) AS older
) AS r
JOIN articles a ON a.id = r.article_id
LEFT JOIN sites s ON s.id = a.site
WHERE r.title <> coalesce(r.next_title, a.title)
ORDER BY r.id DESC
