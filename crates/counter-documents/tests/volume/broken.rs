//! Parts that are broken, locked, hostile or carry more than a page shows.

use counter_documents::Renderer;
use counter_documents::volume::{Fault, VolumeError, bind_volume, image_page, page_count};
use lopdf::{EncryptionState, EncryptionVersion, Object, Permissions, dictionary};

use super::{bound, changed, front, part, receipt, scan};

#[test]
fn what_cannot_be_bound_is_named() {
    let receipt = receipt();
    let locked = changed(&receipt, |file| {
        let version = EncryptionVersion::V2 {
            document: file,
            owner_password: "owner",
            user_password: "",
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        file.encrypt(&state).unwrap();
    });
    let empty = changed(&receipt, |file| {
        let root = file.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        file.get_dictionary_mut(root).unwrap().set("Kids", Vec::<Object>::new());
    });
    let circle = changed(&receipt, |file| {
        let root = file.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        let kids = vec![Object::Reference(root)];
        file.get_dictionary_mut(root).unwrap().set("Kids", kids);
    });
    let (jpeg, png) = (scan("-jpeg"), scan("-png"));
    let cases: [(&[u8], Fault); 8] = [
        (b"", Fault::Unknown),
        (b"PK\x03\x04", Fault::Unknown),
        (&receipt[..receipt.len() / 2], Fault::Damaged),
        (&locked, Fault::Encrypted),
        (&empty, Fault::NoPages),
        (&circle, Fault::Damaged),
        (&jpeg[..100], Fault::Damaged),
        (&png[..png.len() / 2], Fault::Damaged),
    ];
    for (bytes, fault) in cases {
        let error = VolumeError::Part {
            name: "坏件".into(),
            fault,
        };
        let parts = [part("好件", &receipt), part("坏件", bytes)];
        assert_eq!(bound(&parts), Err(error.clone()));
        assert_eq!(page_count(&parts[1]), Err(error));
    }
}

/// A file whose register says `times` over that the same long stream stands in it.
fn repeating(times: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut register = vec![0];
    let mut stream = b"4 0 obj <</Length 400000>> stream\n".to_vec();
    stream.extend(vec![b' '; 400_000]);
    stream.extend(b"\nendstream endobj\n");
    let objects: [&[u8]; 4] = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
        b"2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n",
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>> endobj\n",
        &stream,
    ];
    for object in objects {
        register.push(file.len());
        file.extend(object);
    }
    register.extend(vec![register[4]; times - 1]);
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", register.len()).into_bytes());
    for offset in &register[1..] {
        file.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let trailer = format!(
        "trailer <</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF",
        register.len()
    );
    file.extend(trailer.into_bytes());
    file
}

#[test]
fn a_small_file_that_says_the_same_a_thousand_times_is_too_large() {
    assert_eq!(page_count(&part("件", &repeating(1))), Ok(1));
    let error = page_count(&part("件", &repeating(5_000)));
    assert!(matches!(
        error,
        Err(VolumeError::Part {
            fault: Fault::TooLarge,
            ..
        })
    ));
}

#[test]
fn scripts_and_ways_out_of_a_part_stay_behind_and_a_seal_on_it_comes_along() {
    let pdf = changed(&receipt(), |file| {
        let seal = file.add_object(lopdf::Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
            },
            b"1 0 0 rg 0 0 9 9 re f".to_vec(),
        ));
        let annotation = |subtype: &str| {
            dictionary! {
                "Type" => "Annot", "Subtype" => subtype,
                "Rect" => vec![9.into(), 9.into(), 99.into(), 99.into()],
                "AP" => dictionary! { "N" => seal },
                "A" => dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") },
            }
        };
        let page = file.page_iter().next().unwrap();
        let both: Vec<Object> = vec![annotation("Stamp").into(), annotation("Link").into()];
        file.get_dictionary_mut(page).unwrap().set("Annots", both);
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(2)") };
        file.catalog_mut().unwrap().set("OpenAction", script);
    });
    let volume = bound(&[part("件", &pdf)]).unwrap();
    let holds = |needle: &[u8]| volume.bytes.windows(needle.len()).any(|window| window == needle);
    assert!(!holds(b"alert") && !holds(b"JavaScript") && !holds(b"/Link"));
    assert!(holds(b"/Stamp"));
}

#[test]
fn no_bytes_make_it_panic() {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};
    let renderer = Renderer::new().unwrap();
    let (front, wholes) = (front(), [receipt(), scan("-jpeg"), scan("-png")]);
    let mut runner = TestRunner::new(Config::with_cases(60));
    let damage = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12);
    let strategy = (
        0..wholes.len(),
        damage,
        proptest::option::of(any::<prop::sample::Index>()),
    );
    runner
        .run(&strategy, |(whole, damage, cut)| {
            let mut bytes = wholes[whole].clone();
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            let one = [part("件", &bytes)];
            let counted = page_count(&one[0]);
            let volume = bind_volume(&renderer, &front, &one);
            prop_assert_eq!(volume.map(|volume| volume.pages).is_ok(), counted.is_ok());
            let _ = image_page(&bytes);
            Ok(())
        })
        .unwrap();
}
