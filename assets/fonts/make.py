"""Makes the three font files of this folder out of Debian's Noto Serif CJK collection.

Run it through make.sh, which also checks the package version. What it makes:

  NotoSerifCJKsc-common-Regular.otf   the common set, see common_characters()
  NotoSerifCJKsc-common-Bold.otf      the same characters, bold
  NotoSerifCJKsc-rare-Regular.otf     every other character of the SC face but Hangul

All three are cut from the SC face of the collection, never from its first (Japanese) face.
Layout tables are dropped, because the program sets punctuation and spacing itself. The
half-width ASCII glyphs, which the collection reaches only through the `hwid` feature, are
put at U+E020..U+E07E so that file numbers can be set in a monospaced run.

The two common faces are also put in the order that is cheapest to cut (cheap_to_cut), and
checked against the source: every character must be drawn as there, and as wide.
"""

import io
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.cffLib.specializer import commandsToProgram, programToCommands
from fontTools.cffLib.width import optimizeWidths
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

SOURCE = Path("/usr/share/fonts/opentype/noto")
HERE = Path(__file__).resolve().parent
FACE = "Noto Serif CJK SC"
MONO_BASE = 0xE000
# The character maps that name every character, the larger one first.
WHOLE_MAPS = [(0, 4), (0, 3)]

# Signs the papers use that GB 2312 lacks.
SIGNS = "〇〔〕【】〖〗□■☐☑✓✗×√①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳–—―…·•※￥¥€№℃‰㎡©®™“”‘’「」『』《》〈〉＜＞﹏～＿"
# Characters outside GB 2312 that are common in the names of people and firms.
NAMES = (
    "喆堃昇玥珺赟翀镕犇骉羴淼鑫焱垚皛頔璟晞曈祎祺煊炘昕昉旻旸晗暐珅珉珩珣瑀瑄璇璠璐瓒甯畑皓睿祐禛禕"
    "竑竣笙筠筱綦翊翎翾耘芃芊苡茜荛莙菡萱蓥蔺薇薏蘅虓袆裎褀訚譞贇赑邺郗郦鄢酆钇钎钊钖钰铎铠铄铧锏锜锟锴镒镔镡"
    "闫闳阗阚陉陟隽雎雯霁霂霈靓靖韪韫韬颀颋颙飏馡馥骁骎骐骕骙髙鹍鹏麒麟黉黟鼐龑龢亓仉佟佺侁俣倞倩偲僖兖冼凃凇刓"
    "劼勐勖匡卬厍叡吒吔呙咥哿唅啟喬嗣嘏囍囡圳圪坭坳坜坶垌垴垟埇埗埔埕埭堉堌堽塱塆墉墩壆夘妤妍姈姝婳媃嫄嫒嫚孖宬尕"
    "屾岽岙峂峣崃崟崚嵘嵩嶶巹幗廙弢彧彣彤徕忞忻怡恺悦惇愔愫懋戋扆捷掦揸攸敉斓旂旃旼昀昊昰晁晏晖晙晢晧暄暘曌朊杍杬"
    "枞枥柘柟柽栎栩桁桉桢桤梃梓梵棣棨棻椤楗楙楠榕榘榛樑樟橦檑欤欣歆毓沄沅沆沚沣沨沩泂泓泠洺浠浡浩浛浜涌涞涠涢涵淇淏"
    "渌渑渼湉湜湲溁滈滘漷漪潆潇潞潼澂澍澔澧濂濛濠瀚瀛灏炅炆炜炟烜烨焓焜焯煐煜煦熠熹燊燏爔牂犨犹珈珏珙珞珧珮琀琇琎琛琦琨琪琬琮琰琼瑗瑛瑜瑞瑢瑭瑶瑷璁璎璞璨璪"
)


def gb2312():
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def common_characters(bip39_words):
    wanted = {chr(code) for code in range(0x20, 0x7F)}
    wanted.update(gb2312(), SIGNS, NAMES, bip39_words)
    wanted.update(chr(code) for code in range(0xFF01, 0xFF5F))
    return {ord(character) for character in wanted}


def sc_face(weight):
    collection = TTCollection(SOURCE / f"NotoSerifCJK-{weight}.ttc")
    for font in collection.fonts:
        if font["name"].getDebugName(1) == FACE:
            return font
    sys.exit(f"no face named {FACE} in NotoSerifCJK-{weight}.ttc")


def add_monospaced_ascii(font):
    """Puts the half-width ASCII glyphs at U+E020..U+E07E of every Unicode cmap."""
    gsub = font["GSUB"].table
    indexes = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "hwid"
        for index in record.Feature.LookupListIndex
    }
    halves = {}
    for index in sorted(indexes):
        for table in gsub.LookupList.Lookup[index].SubTable:
            halves.update(getattr(table, "ExtSubTable", table).mapping)
    cmap = font.getBestCmap()
    for code in range(0x20, 0x7F):
        glyph = halves.get(cmap[code])
        if glyph is None or font["hmtx"][glyph][0] != 500:
            sys.exit(f"no half-width glyph for {chr(code)!r}")
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format != 14:
                table.cmap[MONO_BASE + code] = glyph


def cheap_to_cut(font):
    """The same font, put so that cutting it down to a paper takes the fewest steps.

    The cutter (allsorts) goes through the charset for every glyph, copies every font
    dictionary, and compares every entry of its character map with every glyph. So:

    - glyphs are numbered in their order, which makes the charset one range;
    - one font dictionary instead of eleven, whose widths become those of `hmtx`;
    - the character map that the cutter prefers (Windows) has only the space, because a cut
      font goes into a PDF without one. The whole map is the Unicode one.

    Returns a new font: tables name glyphs when they are read, so none may be read before.
    """
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    font = TTFont(file, recalcTimestamp=False)

    top = font["CFF "].cff.topDictIndex[0]
    names = [".notdef"] + [f"cid{number:05}" for number in range(1, len(top.charset))]
    renamed = dict(zip(top.charset, names))
    glyphs = top.CharStrings
    glyphs.charStrings = {renamed[name]: index for name, index in glyphs.charStrings.items()}
    top.charset = names
    top.CIDCount = len(names)
    font.setGlyphOrder(names)

    widths = {name: font["hmtx"][name][0] for name in names}
    dictionary = top.FDArray[0]
    private = dictionary.Private
    private.defaultWidthX, private.nominalWidthX = optimizeWidths(list(widths.values()))
    for name in names:
        glyph = glyphs[name]
        glyph.decompile()
        commands = programToCommands(glyph.program)
        if commands[0][0] == "":
            del commands[0]
        if widths[name] != private.defaultWidthX:
            commands.insert(0, ("", [widths[name] - private.nominalWidthX]))
        glyph.setProgram(commandsToProgram(commands))
        glyph.private = private
        glyph.fdSelectIndex = 0
    dictionary.FontName = font["CFF "].cff.fontNames[0]
    top.FDArray.items[:] = [dictionary]
    top.FDSelect.gidArray = [0] * len(names)

    whole = font.getBestCmap()
    font["cmap"].tables = [character_map(0, 3, whole), character_map(3, 1, {0x20: whole[0x20]})]
    return font


def character_map(platform, encoding, glyphs):
    table = CmapSubtable.newSubtable(4)
    table.platformID, table.platEncID, table.language = platform, encoding, 0
    table.cmap = glyphs
    return table


def drawn(font, codes):
    """How each character is drawn, and how wide it is."""
    glyphs, drawings = font.getGlyphSet(), {}
    cmap = font.getBestCmap(WHOLE_MAPS)
    for code in codes:
        pen = RecordingPen()
        glyphs[cmap[code]].draw(pen)
        drawings[code] = pen.value, font["hmtx"][cmap[code]][0], glyphs[cmap[code]].width
    return drawings


def write(font, codes, name, often_cut):
    available = font.getBestCmap()
    options = subset.Options(
        layout_features=[],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14],
        name_languages=[0x409],
        drop_tables=["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "DSIG"],
        notdef_outline=True,
        desubroutinize=True,
        hinting=False,
        canonical_order=True,
    )
    missing = sorted(code for code in codes if code not in available)
    if missing:
        print(name, "leaves out:", " ".join(f"U+{code:04X} {chr(code)}" for code in missing))
    codes = [code for code in codes if code in available]
    as_in_source = drawn(font, codes) if often_cut else None
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    # The date of the font is that of its source, so that every run gives the same bytes.
    font.recalcTimestamp = False
    if often_cut:
        font = cheap_to_cut(font)
    target = HERE / name
    subset.save_font(font, target, options)
    made = TTFont(target)
    if often_cut and drawn(made, codes) != as_in_source:
        sys.exit(f"{name} draws a character in another way than its source")
    print(target.name, f"{target.stat().st_size:,} bytes, {len(made.getBestCmap(WHOLE_MAPS)):,} characters")


def main():
    words = set((HERE / "bip39-simplified.txt").read_text(encoding="utf-8")) - {"\n"}
    if len(words) != 2048:
        sys.exit(f"bip39-simplified.txt holds {len(words)} words")
    common = common_characters(words)
    mono = {MONO_BASE + code for code in range(0x20, 0x7F)}
    for weight in ("Regular", "Bold"):
        font = sc_face(weight)
        add_monospaced_ascii(font)
        write(font, common | mono, f"NotoSerifCJKsc-common-{weight}.otf", often_cut=True)
    font = sc_face("Regular")
    rare = {
        code
        for code in font.getBestCmap()
        if code not in common and not unicodedata.name(chr(code), "").startswith("HANGUL")
    }
    write(font, rare, "NotoSerifCJKsc-rare-Regular.otf", often_cut=False)


if __name__ == "__main__":
    main()
