/*
 * Pictures for pages: smaller, upright, and silent about where they were taken.
 */
#include "cli/sandbox.h"
#include "data/exif.h"
#include "data/picture.h"
#include "data/pixels.h"
#include "data/sniff.h"
#include "pictures.h"

static struct buf out;

static bool
make(const char *type, struct buf file, uint32_t width)
{
	buf_clear(&out);
	return picture_smaller(&out, type, file, width);
}

static const char *
made(const char *type, struct buf file, uint32_t width)
{
	return make(type, file, width) && out.len > 0 ? seen(out) : "nothing";
}

#define JPEG "image/jpeg"
#define PNG "image/png"
#define PHOTOGRAPH ((struct drawing){ 400, 300, 255, true })

static void
smaller(void)
{
	struct buf photo = draw_jpeg(PHOTOGRAPH);

	is(made(JPEG, photo, 100), "100x75, red top left",
	    "a photograph is made as wide as is asked for");
	ok(out.len * 8 < photo.len, "it has far fewer bytes");
	is(made(JPEG, photo, 37), "37x27, red top left",
	    "also where pixels do not come out even");
	is(made(JPEG, photo, 800), "400x300, red top left",
	    "never wider than it was");
	ok(make(JPEG, draw_jpeg((struct drawing){ 16, 16, 255, false }), 800) &&
		out.len == 0,
	    "what would hardly be smaller is not made");
	is(made(PNG, draw_png(PHOTOGRAPH), 100), "100x75, red top left",
	    "a photograph in a PNG becomes a JPEG");
	ok(!make("image/gif", photo, 100) && !make(PNG, photo, 100),
	    "what is no JPEG, PNG or WebP is left");
}

/* Two pixels, of which one is seen through wholly, become one. */
static void
mixing(void)
{
	struct pixels p = { 0 };
	const unsigned char two[] = { 200, 100, 0, 255, 9, 9, 9, 0 };
	const unsigned char one[] = { 200, 100, 0, 128 };

	ok(pixels_make(&p, 2, 1), "there are pixels");
	memcpy(p.bytes, two, sizeof(two));
	ok(pixels_shrink(&p, 1, 1) && memcmp(p.bytes, one, 4) == 0,
	    "what is not seen lends its colour to nothing");
	pixels_free(&p);
}

static void
transparent(void)
{
	struct buf png = draw_png((struct drawing){ 400, 300, 100, true });
	uint32_t side[2] = { 0 };
	struct pixels p = { 0 };

	ok(make(PNG, png, 100) && sniff_size(out.data, out.len, side) &&
		memcmp(out.data, "\x89PNG", 4) == 0 && side[0] == 100 &&
		side[1] == 75,
	    "what shines through stays a PNG");
	ok(pixels_read(&p, PNG, out, side) && p.bytes[3] == 100 &&
		p.bytes[0] > 220,
	    "as transparent, and as red, as it was");
	pixels_free(&p);
}

static void
upright(void)
{
	static const char *const turned[] = { "100x75, red top left",
		"100x75, red top left", "100x75, red top right",
		"100x75, red bottom right", "100x75, red bottom left",
		"100x133, red top left", "100x133, red top right",
		"100x133, red bottom right", "100x133, red bottom left",
		"100x75, red top left" };
	struct buf photo = draw_jpeg(PHOTOGRAPH), exif;
	bool all = true;

	for (char i = 0; i <= 9; i++) {
		const char *got = made(JPEG, add_exif(photo, i), 100);

		if (strcmp(got, turned[(int)i]) != 0) {
			printf("# %d: %s, not %s\n", i, got, turned[(int)i]);
			all = false;
		}
	}
	ok(all, "however the camera was held, it is upright");
	exif = add_exif(photo, 6);
	ok(memmem(exif.data, exif.len, "COTONOU", 7) != NULL &&
		make(JPEG, exif, 100) &&
		memmem(out.data, out.len, "COTONOU", 7) == NULL &&
		memmem(out.data, out.len, "Exif", 4) == NULL,
	    "and does not say where it was taken");
	all = true;
	for (size_t n = 0; n < 90; n++) {
		struct buf cut = buf_copy(exif.data, n); /* ASan sees over */

		all = all && exif_orientation(cut.data, n) <= 8;
		buf_free(&cut);
	}
	ok(all, "what is cut off is not read");
}

/*
 * What is hostile.
 */

struct attempt {
	const char *type;
	struct buf file;
};

static bool
attempt(const void *with, struct buf *found)
{
	const struct attempt *a = with;

	return picture_smaller(found, a->type, a->file, 100);
}

/* What becomes of it in the sandbox. */
static const char *
boxed(const char *type, struct buf file)
{
	static struct buf why;
	struct attempt a = { type, file };
	struct sandbox s = { .read = attempt, .with = &a, .input = -1 };

	buf_clear(&out);
	buf_clear(&why);
	if (sandbox_run(&s, &out, &why) == SANDBOX_DONE)
		return out.len > 0 ? seen(out) : "nothing";
	return buf_text(&why);
}

static bool
is_read(const char *type, struct buf file)
{
	struct pixels p = { 0 };
	bool good = pixels_read(&p, type, file, (const uint32_t[]){ 10, 10 });

	pixels_free(&p);
	return good;
}

static void
hostile(void)
{
	static const char refused[] = "it cannot be read";
	struct buf jpeg = draw_jpeg(PHOTOGRAPH), png = draw_png(PHOTOGRAPH);
	struct buf cut = for_good(buf_copy(jpeg.data, jpeg.len / 2));
	struct pixels p = { 0 };

	is(boxed(JPEG, add_exif(jpeg, 6)), "100x133, red top right",
	    "a sandbox is room enough");
	is(boxed(JPEG, cut), refused, "a JPEG that is cut is damaged");
	cut = for_good(buf_copy(png.data, png.len / 2));
	is(boxed(PNG, cut), refused, "and a PNG");
	is(boxed(PNG, claim_png(png, 30000, 30000)), refused,
	    "a picture that claims 900 million pixels is not unpacked");
	is(boxed(JPEG, claim_jpeg(jpeg, 30000, 30000)), refused,
	    "of either kind");
	ok(is_read(PNG, png) && is_read(JPEG, jpeg) &&
		!is_read(PNG, claim_png(png, 8000, 6000)) &&
		!is_read(JPEG, claim_jpeg(jpeg, 8000, 6000)),
	    "nor one of 48 million, whoever asks");
	ok(!pixels_make(&p, 8000, 6000) && !pixels_make(&p, 65536, 65536) &&
		p.bytes == NULL,
	    "for so many there is no room");
	is(boxed(PNG, claim_png(png, 4000, 3000)), refused,
	    "less than it claims is damage");
	is(boxed("image/webp",
	       BYTES("RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\x63\0"
		     "\x19\0nonsense.....")),
	    refused, "and so is nonsense");
}

int
main(void)
{
	smaller();
	mixing();
	transparent();
	upright();
	hostile();
	buf_free(&out);
	return done();
}
