"""What inspecting an honest file comes to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageDraw, ImageOps

from chalicelib.domain.evidence import Inspection
from chalicelib.gateways.pictures import LONGEST_SIDE_PX, PictureInspector
from chalicelib.usecases.ports import Pictures
from tests.gateways.drawn_pictures import camera_exif, opened, saved, scene

TYPES: Final[Mapping[str, str]] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
PDF: Final = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"

INSPECTOR: Final[Pictures] = PictureInspector(ZoneInfo("Europe/Kyiv"))


def inspected(data: bytes, form: str = "JPEG") -> tuple[Inspection, Image.Image]:
    inspection, copy = INSPECTOR.inspect(data, TYPES[form])
    assert copy is not None, inspection
    return inspection, opened(copy)


def hash_of(picture: Image.Image, form: str = "PNG", **options: Any) -> str:
    inspection, _ = inspected(saved(picture, form, **options), form)
    assert inspection.picture is not None
    return inspection.picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart, in levels of 255, on average."""
    pixels = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pixels) / (one.width * one.height)


class TestPublicCopy:
    """A picture becomes an upright JPEG of bounded size that tells nothing but the picture."""

    @pytest.mark.parametrize("form", TYPES)
    def test_it_shows_the_picture(self, form: str) -> None:
        inspection, copy = inspected(saved(scene(1), form), form)
        assert (inspection.accepted, inspection.reason) == (True, None)
        assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (640, 480))
        assert difference(copy, scene(1)) < 4

    @pytest.mark.parametrize("form", TYPES)
    def test_it_has_no_metadata(self, form: str) -> None:
        options: dict[str, Any] = {"exif": camera_exif(), "icc_profile": b"PROFILE" * 40}
        if form == "JPEG":
            options |= {"comment": b"OWNER-IN-A-COMMENT", "xmp": b"OWNER-IN-XMP", "dpi": (72, 72)}
        data = saved(scene(1), form, **options)
        _, copy = INSPECTOR.inspect(data, TYPES[form])
        assert copy is not None
        assert b"OWNER" in data
        assert b"OWNER" not in copy
        assert b"PROFILE" not in copy
        assert not set(opened(copy).info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not any(marker in copy for marker in (b"Exif\0", b"ICC_PROFILE", b"\xff\xfe"))

    @pytest.mark.parametrize("size", [(5000, 100), (100, 5000), (4100, 3000), (2048, 2048)])
    def test_its_longest_side_is_bounded(self, size: tuple[int, int]) -> None:
        _, copy = inspected(saved(scene(1, *size), "JPEG"))
        assert max(copy.size) == min(LONGEST_SIDE_PX, max(size))
        assert copy.width / copy.height == pytest.approx(size[0] / size[1], rel=0.02)

    @pytest.mark.parametrize("size", [(1, 1), (1, 60000), (25_000_000, 1)])
    def test_thin_pictures_stay_pictures(self, size: tuple[int, int]) -> None:
        _, copy = inspected(saved(Image.new("L", size, 90), "PNG"), "PNG")
        assert min(copy.size) == 1

    @pytest.mark.parametrize("form", TYPES)
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_it_stands_upright(self, orientation: int, form: str) -> None:
        exif = camera_exif(orientation=orientation)
        data = saved(scene(2, 240, 160), form, exif=exif)
        upright = ImageOps.exif_transpose(opened(data))
        _, copy = inspected(data, form)
        assert copy.size == upright.size
        assert difference(copy, upright) < 6

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_png_is_drawn(self, mode: str) -> None:
        grey = Image.linear_gradient("L")
        if mode == "I;16":
            picture = grey.convert("I").point(lambda level: level * 257).convert("I;16")
        else:
            picture = grey.convert(mode)
        _, copy = inspected(saved(picture, "PNG"), "PNG")
        assert difference(copy, grey) < (130 if mode == "1" else 4)

    def test_what_shines_through_is_white(self) -> None:
        _, copy = inspected(saved(Image.new("RGBA", (9, 9), (200, 0, 0, 0)), "PNG"), "PNG")
        assert copy.getpixel((4, 4)) == (255, 255, 255)

    @pytest.mark.parametrize("mode", ["L", "CMYK"])
    def test_grey_and_print_jpegs_are_drawn(self, mode: str) -> None:
        _, copy = inspected(saved(scene(3).convert(mode), "JPEG"))
        assert difference(copy, scene(3)) < 6

    @pytest.mark.parametrize("form", ["PNG", "WEBP"])
    def test_of_a_moving_picture_the_first_frame_counts(self, form: str) -> None:
        moving = saved(scene(4), form, save_all=True, append_images=[scene(5)], duration=50)
        _, copy = inspected(moving, form)
        assert difference(copy, scene(4)) < 8

    def test_a_declared_type_may_have_parameters_and_capitals(self) -> None:
        assert INSPECTOR.inspect(saved(scene(1), "JPEG"), "Image/JPEG; q=1")[0].accepted


class TestHash:
    """The same picture in two files has one hash; two pictures have two."""

    def test_other_metadata_change_nothing(self) -> None:
        plain = hash_of(scene(1), "JPEG", quality=90)
        told = hash_of(scene(1), "JPEG", quality=90, exif=camera_exif(), comment=b"x")
        assert plain == told

    @pytest.mark.parametrize("picture", [scene(1), Image.new("RGB", (64, 64), "grey")])
    def test_another_lossless_file_changes_nothing(self, picture: Image.Image) -> None:
        assert hash_of(picture) == hash_of(picture, compress_level=1)
        assert hash_of(picture) == hash_of(picture, "WEBP", lossless=True)

    def test_turning_the_camera_changes_nothing(self) -> None:
        lying = scene(1).transpose(Image.Transpose.ROTATE_90)
        assert hash_of(scene(1)) == hash_of(lying, exif=camera_exif(orientation=6))

    @pytest.mark.parametrize("seed", range(6))
    def test_a_messenger_s_copy_is_known_again(self, seed: int) -> None:
        first = opened(saved(scene(seed, 1280, 960), "JPEG", quality=92))
        assert hash_of(first) == hash_of(first, "JPEG", quality=75)

    def test_no_two_of_300_pictures_are_one(self) -> None:
        assert len({hash_of(scene(seed, 160, 120)) for seed in range(300)}) == 300

    def test_a_changed_place_is_another_picture(self) -> None:
        after = scene(1)
        ImageDraw.Draw(after).rectangle((100, 100, 400, 300), fill="black")
        assert hash_of(scene(1)) != hash_of(after)

    def test_flat_pictures_are_compared_by_every_pixel(self) -> None:
        night = [Image.new("RGB", (64, 48), (level, level, level)) for level in range(9)]
        spotted = Image.new("RGB", (64, 48))
        spotted.putpixel((5, 5), (255, 255, 255))
        assert len({hash_of(picture) for picture in [*night, spotted]}) == 10

    def test_skies_of_one_slope_are_compared_by_every_pixel(self) -> None:
        slope = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90)
        dimmer = slope.point(lambda level: level * 0.8)
        assert hash_of(slope) != hash_of(dimmer)


class TestTakenAt:
    """The camera's word, in its own offset or else in the city's time."""

    @pytest.mark.parametrize(
        ("taken", "offset", "expected"),
        [
            ("2026:01:15 12:00:00", "+02:00", datetime(2026, 1, 15, 10, tzinfo=UTC)),
            ("2026:01:15 12:00:00", "-05:30", datetime(2026, 1, 15, 17, 30, tzinfo=UTC)),
            ("2026:01:15 12:00:00", None, datetime(2026, 1, 15, 10, tzinfo=UTC)),
            ("2026:07:15 12:00:00", None, datetime(2026, 7, 15, 9, tzinfo=UTC)),
            ("2026:07:15 12:00:00", "summer", datetime(2026, 7, 15, 9, tzinfo=UTC)),
            ("0000:00:00 00:00:00", None, None),
            ("0001:01:01 00:00:00", "+10:00", None),
            ("9999:12:31 23:59:59", "-10:00", datetime(9999, 12, 31, 21, 59, 59, tzinfo=UTC)),
            ("yesterday", "+02:00", None),
            (None, None, None),
        ],
    )
    @pytest.mark.parametrize("form", TYPES)
    def test_it_is_read(
        self, form: str, taken: str | None, offset: str | None, expected: datetime | None
    ) -> None:
        exif = camera_exif(taken=taken, offset=offset)
        inspection, _ = inspected(saved(scene(1, 64, 48), form, exif=exif), form)
        assert inspection.taken_at == expected


class TestDocument:
    """A PDF is taken as it is and shown to nobody outside."""

    def test_it_is_accepted_without_a_copy(self) -> None:
        inspection, copy = INSPECTOR.inspect(PDF, "application/pdf")
        assert inspection == Inspection(accepted=True)
        assert copy is None

    def test_a_cut_off_one_is_rejected(self) -> None:
        inspection, _ = INSPECTOR.inspect(PDF[:-7], "application/pdf")
        assert inspection.reason == "not_a_document"


class TestSignature:
    """An e-signature file is told by its container; nobody here says whose signature it is."""

    KIND = "application/pkcs7-signature"

    @pytest.mark.parametrize("length", ["80", "8204d2", "8312d687", "8400bc614e"])
    def test_signed_data_is_accepted_without_a_copy(self, length: str) -> None:
        data = bytes.fromhex(f"30{length}06092a864886f70d010702a0") + bytes(40)
        assert INSPECTOR.inspect(data, self.KIND) == (Inspection(accepted=True), None)

    @pytest.mark.parametrize("data", ["3080" + "00" * 40, "06092a864886f70d010702", "308206"])
    def test_what_only_says_so_is_rejected(self, data: str) -> None:
        inspection, _ = INSPECTOR.inspect(bytes.fromhex(data), self.KIND)
        assert inspection.reason == "unsupported_type"
